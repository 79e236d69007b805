/** Samples of a hand: what a reader has written for each prompt, kept in this browser. */
import { prompts } from "./prompts.js";

const key = "strand.hand";
/** Every so many samples one is for validation. */
const validationShare = 5;

/** What is written so far. */
export class Hand {
  constructor() {
    const kept = parse(localStorage.getItem(key));
    this.writer = kept.writer ?? "me";
    this.samples = kept.samples ?? {};
    this.position = Math.min(kept.position ?? 0, prompts.length - 1);
  }

  get count() {
    return Object.keys(this.samples).length;
  }

  /** @returns {number[][][]} strokes written for a prompt; none: [] */
  strokesAt(position) {
    return this.samples[position] ?? [];
  }

  /** @param {number[][][]} strokes none forgets the sample */
  setStrokes(position, strokes) {
    if (strokes.length > 0) this.samples[position] = strokes;
    else delete this.samples[position];
    this.keep();
  }

  /** @returns {boolean} whether the browser has kept it */
  keep() {
    try {
      localStorage.setItem(key, JSON.stringify(this));
      return (this.isKept = true);
    } catch {
      return (this.isKept = false);
    }
  }

  /** Forgets everything, here and in the browser. */
  forget() {
    this.samples = {};
    this.position = 0;
    localStorage.removeItem(key);
  }

  toJSON() {
    return { writer: this.writer, position: this.position, samples: this.samples };
  }

  /** Strand's JSON Lines of the samples: those to train on, and every fifth one, to validate with. */
  files() {
    const lines = Object.keys(this.samples).map(Number).sort((a, b) => a - b).map((position) => JSON.stringify({
      id: `hand-${String(position + 1).padStart(2, "0")}`,
      writer: this.writer,
      text: prompts[position],
      strokes: this.samples[position],
    }));
    const isForValidation = (k) => (k + 1) % validationShare === 0;
    const join = (chosen) => chosen.map((line) => `${line}\n`).join("");
    return {
      training: join(lines.filter((_, k) => !isForValidation(k))),
      validation: join(lines.filter((_, k) => isForValidation(k))),
    };
  }
}

function parse(json) {
  try {
    return JSON.parse(json) ?? {};
  } catch {
    return {};
  }
}
