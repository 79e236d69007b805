/** Residues and labels of a proteome, unpacked when they are needed. */

const noLabel = 15;
/** Unpacked blocks that are kept; a block has about 65,536 residues. */
const keptBlocks = 8;

/**
 * Unpacks base64 of gzip.
 * @param {string} base64
 * @returns {Promise<ArrayBuffer>}
 */
export async function unpack(base64) {
  const binary = atob(base64.trim());
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** The blocks in the page. Those used last are kept unpacked, others are forgotten. */
export class Blocks {
  /** @param {number[]} lengths of all chains */
  constructor(lengths) {
    this.starts = new Float64Array(lengths.length + 1);
    lengths.forEach((length, k) => (this.starts[k + 1] = this.starts[k] + length));
    this.elements = [...document.querySelectorAll("script.block")];
    this.firsts = this.elements.map((element) => Number(element.dataset.first));
    this.counts = this.elements.map((element) => Number(element.dataset.count));
    this.kept = new Map();
  }

  /** Number of the block of chain k. */
  blockOf(k) {
    let [low, high] = [0, this.firsts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.firsts[middle] <= k) low = middle;
      else high = middle;
    }
    return low;
  }

  /**
   * The letters of chain k, and a byte a residue with its label and confidence.
   * @returns {Promise<{letters: Uint8Array, marks: Uint8Array}>}
   */
  async residues(k) {
    const block = this.blockOf(k);
    const bytes = await this.bytes(block);
    const first = this.firsts[block];
    const total = this.starts[first + this.counts[block]] - this.starts[first];
    const [from, to] = [this.starts[k] - this.starts[first], this.starts[k + 1] - this.starts[first]];
    return { letters: bytes.slice(from, to), marks: bytes.slice(total + from, total + to) };
  }

  bytes(block) {
    const kept = this.kept.get(block) ?? unpack(this.elements[block].textContent).then((b) => new Uint8Array(b));
    this.kept.delete(block);
    this.kept.set(block, kept);
    if (this.kept.size > keptBlocks) this.kept.delete(this.kept.keys().next().value);
    return kept;
  }
}

/**
 * A chain to draw.
 * @param {string} id
 * @param {{letters: Uint8Array, marks: Uint8Array}} residues
 * @param {{states: string, hasConfidence: boolean}} about
 * @returns {import("./tracks.js").Chain}
 */
export function chainOfResidues(id, { letters, marks }, { states, hasConfidence }) {
  const codes = marks.map((mark) => mark & 15);
  const details = (i) => {
    if (!hasConfidence || codes[i] === noLabel) return [];
    const step = marks[i] >> 4;
    return [["confidence", `${(step / 16).toFixed(2)}–${((step + 1) / 16).toFixed(2)}`]];
  };
  return {
    id,
    sequence: new TextDecoder("latin1").decode(letters),
    states,
    codes,
    confidence: hasConfidence ? Float32Array.from(marks, (mark) => ((mark >> 4) + 0.5) / 16) : null,
    details,
  };
}

/** A chain's labels as letters; `-` where there is none. */
export function labelsOf({ states, codes }) {
  return Array.from(codes, (code) => states[code] ?? "-").join("");
}
