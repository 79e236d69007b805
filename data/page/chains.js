/** Labelled chains: records of the server made compact, and the list that shows them. */
import { grouped, make } from "./elements.js";
import { swatchOf } from "./palette.js";
import { Strip } from "./strips.js";

/**
 * A chain to draw, of a line of the server's answer.
 * @param {object} record
 * @returns {import("./tracks.js").Chain & {header: string}}
 */
export function chainOf({ id, header, model, sequence, labels, probabilities }) {
  const states = Object.keys(probabilities).join("");
  const values = [...states].map((state) => Float32Array.from(probabilities[state]));
  const codes = Uint8Array.from(labels, (label) => states.indexOf(label));
  const chain = { id, header, model, sequence, states, codes, disorder: null };
  chain.confidence = Float32Array.from(codes, (code, i) => values[code]?.[i] ?? 0);
  chain.details = (i) => {
    const parts = values.map((value, k) => [states[k], value[i].toFixed(3)]);
    return chain.disorder ? [...parts, ["disorder", chain.disorder[i].toFixed(3)]] : parts;
  };
  return chain;
}

/** Each label's share of the residues, in the order of the states. */
function sharesOf({ states, codes }) {
  const counts = new Array(states.length).fill(0);
  for (const code of codes) if (code < counts.length) counts[code] += 1;
  return counts.map((count) => count / Math.max(1, codes.length));
}

/** A chain's name, figures and strip. */
export class ChainCard {
  /** @param {ReturnType<typeof chainOf>} chain */
  constructor(chain) {
    this.strip = new Strip(chain);
    const shares = sharesOf(chain);
    const mean = chain.confidence.reduce((sum, p) => sum + p, 0) / Math.max(1, chain.confidence.length);
    const figures = make("p", { className: "figures" },
      make("span", {}, `${grouped(chain.codes.length)} residues`),
      ...[...chain.states].map((state, k) =>
        make("span", {}, swatchOf(state), `${state} ${(100 * shares[k]).toFixed(1)} %`)),
      make("span", {}, `mean confidence ${mean.toFixed(2)}`));
    const description = chain.header.slice(chain.id.length).trim();
    const title = make("h3", {}, chain.id || "(no name)", make("small", {}, description));
    this.element = make("article", { className: "chain" }, title, figures, this.strip.element);
  }

  /** Draws the strip again, after disorder has become known. */
  update() {
    this.strip.showReadout();
    this.strip.draw();
  }
}
