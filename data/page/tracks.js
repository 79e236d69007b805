/** Paints labels of chains: a small strip of a whole chain, and the tracks of a part of one. */
import { fitCanvas, paletteColour } from "./palette.js";

/**
 * A chain to draw.
 * @typedef {object} Chain
 * @property {string} id
 * @property {string} sequence
 * @property {string} states the letters of the labels
 * @property {Uint8Array} codes index of each residue's label in `states`; above: it has none
 * @property {Float32Array|null} confidence 0 ... 1 for each residue
 * @property {Float32Array|null} [disorder] 0 ... 1 for each residue
 * @property {(i: number) => [string, string][]} details letters and their probabilities for residue i
 */

/** Pixels left of the first residue, for the names of the lanes. */
export const gutter = 16;
const rulerHeight = 16;
const barsHeight = 66;
const laneHeight = 9;
const letterHeight = 13;
const disorderHeight = 30;
const widthOfLetters = 8;

/** How tall a label is in a small strip, so that colour is not all that tells it. */
const tallness = { H: 1, G: 0.9, I: 0.95, E: 0.62, B: 0.55, T: 0.36, S: 0.32, C: 0.26, D: 1, O: 0.26 };

/** The commonest label among residues [from, to), its mean confidence, and all counts; code -1: none has a label. */
function summarise(chain, from, to) {
  const counts = new Array(chain.states.length).fill(0);
  const sums = counts.slice();
  for (let i = from; i < to; i += 1) {
    const code = chain.codes[i];
    if (code >= counts.length) continue;
    counts[code] += 1;
    sums[code] += chain.confidence ? chain.confidence[i] : 1;
  }
  const most = Math.max(...counts);
  if (most === 0) return { code: -1, confidence: 0, counts };
  const code = counts.indexOf(most);
  return { code, confidence: sums[code] / most, counts };
}

/**
 * Draws a whole chain: height and colour tell the label, opacity its confidence.
 * @param {HTMLCanvasElement} canvas
 * @param {Chain} chain
 * @param {number} width
 * @param {number} height
 */
export function paintSmallStrip(canvas, chain, width, height) {
  const context = fitCanvas(canvas, width, height);
  const length = chain.codes.length;
  const columns = Math.min(width, length * 4);
  for (let x = 0; x < columns; x += 1) {
    const from = Math.floor((x * length) / columns);
    const to = Math.max(from + 1, Math.floor(((x + 1) * length) / columns));
    const { code, confidence } = summarise(chain, from, to);
    if (code < 0) continue;
    const letter = chain.states[code];
    const tall = height * (tallness[letter] ?? 0.5);
    context.globalAlpha = 0.3 + 0.7 * confidence;
    context.fillStyle = paletteColour(`--state-${letter}`);
    context.fillRect(x, height - tall, 1, tall);
  }
}

/**
 * Height of all tracks of a chain.
 * @param {Chain} chain
 */
export function heightOfTracks(chain) {
  return rulerHeight + barsHeight + laneHeight * chain.states.length + 6 + (chain.disorder ? disorderHeight : 0);
}

/**
 * Draws the part of a chain that a strip shows: ruler, letters, confidence as bars, a lane a label, disorder.
 * @param {HTMLCanvasElement} canvas
 * @param {Chain} chain
 * @param {{zoom: number, left: number, width: number, cursor: number}} view pixels a residue, pixels scrolled
 *   away, width of the canvas, the chosen residue or -1
 */
export function paintTracks(canvas, chain, { zoom, left, width, cursor }) {
  const height = heightOfTracks(chain);
  const context = fitCanvas(canvas, width, height);
  const pixels = window.devicePixelRatio || 1;
  const xOf = (i) => gutter + i * zoom - left;
  /** At the border of two pixels of the screen, so that bars side by side have no seam. */
  const borderOf = (i) => Math.round(xOf(i) * pixels) / pixels;
  const first = Math.max(0, Math.floor((left - gutter) / zoom));
  const last = Math.min(chain.codes.length, Math.ceil((left + width) / zoom));
  const hasLetters = zoom >= widthOfLetters;
  const letters = hasLetters ? letterHeight : 0;
  const top = rulerHeight + letters;
  const bottom = rulerHeight + barsHeight - letters;
  const lanes = rulerHeight + barsHeight + 3;

  if (cursor >= 0) {
    context.fillStyle = paletteColour("--rule");
    context.fillRect(xOf(cursor) - Math.max(0, 1 - zoom / 2), 0, Math.max(2, zoom), height);
  }
  paintRuler(context, { xOf, first, last, zoom, width });
  const step = Math.max(1, 0.5 / zoom);
  for (let i = first; i < last; i += step) {
    const from = Math.floor(i);
    const to = Math.max(from + 1, Math.floor(i + step));
    const { code, confidence, counts } = summarise(chain, from, Math.min(to, last));
    if (code < 0) continue;
    const tall = (bottom - top) * (chain.confidence ? confidence : 1);
    const x = borderOf(from);
    const wide = Math.max(1 / pixels, borderOf(to) - x);
    context.fillStyle = paletteColour(`--state-${chain.states[code]}`);
    context.globalAlpha = chain.confidence ? 0.4 + 0.6 * confidence : 1;
    context.fillRect(x, bottom - tall, wide > 5 ? wide - 1 : wide, tall);
    counts.forEach((count, lane) => {
      if (count === 0) return;
      context.globalAlpha = Math.max(0.2, count / (to - from));
      context.fillStyle = paletteColour(`--state-${chain.states[lane]}`);
      context.fillRect(x, lanes + lane * laneHeight + 2, wide, laneHeight - 4);
    });
  }
  context.globalAlpha = 1;
  if (hasLetters) {
    paintLetters(context, chain, { xOf, first, last, zoom, above: rulerHeight + 10, below: bottom + 11 });
  }
  if (chain.disorder) paintDisorder(context, chain, { xOf, first, last, zoom, width, bottom: height - 2 });
  paintGutter(context, chain, lanes, height);
}

function paintRuler(context, { xOf, first, last, zoom, width }) {
  const wanted = 70 / zoom;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = Math.max(1, [1, 2, 5, 10].find((n) => n * power >= wanted) * power);
  context.fillStyle = paletteColour("--soft");
  context.font = "10px system-ui, sans-serif";
  context.textAlign = "center";
  for (let n = Math.ceil((first + 1) / step) * step; n <= last; n += step) {
    const x = xOf(n - 0.5);
    const text = n.toLocaleString("en");
    context.fillText(text, Math.min(x, width - context.measureText(text).width / 2), 9);
    context.fillRect(x - 0.5, 11, 1, 4);
  }
}

function paintLetters(context, chain, { xOf, first, last, zoom, above, below }) {
  context.fillStyle = paletteColour("--text");
  context.font = `${Math.min(12, zoom + 1)}px ui-monospace, monospace`;
  context.textAlign = "center";
  for (let i = first; i < last; i += 1) {
    context.fillText(chain.sequence[i], xOf(i + 0.5), above);
    context.fillText(chain.states[chain.codes[i]] ?? "", xOf(i + 0.5), below);
  }
}

function paintDisorder(context, chain, { xOf, first, last, zoom, width, bottom }) {
  const tall = disorderHeight - 8;
  const yOf = (p) => bottom - tall * p;
  context.strokeStyle = paletteColour("--rule");
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(gutter, yOf(0.5));
  context.lineTo(Math.min(width, xOf(last)), yOf(0.5));
  context.stroke();
  context.setLineDash([]);
  context.strokeStyle = paletteColour("--state-D");
  context.lineWidth = 1.5;
  context.beginPath();
  const step = Math.max(1, 0.5 / zoom);
  for (let i = first; i < last; i += step) context.lineTo(xOf(Math.floor(i) + 0.5), yOf(chain.disorder[Math.floor(i)]));
  context.stroke();
}

function paintGutter(context, chain, lanes, height) {
  context.clearRect(0, 0, gutter - 1, height);
  context.fillStyle = paletteColour("--soft");
  context.font = "9px ui-monospace, monospace";
  context.textAlign = "left";
  [...chain.states].forEach((letter, code) => context.fillText(letter, 4, lanes + (code + 1) * laneHeight - 1.5));
  if (chain.disorder) context.fillText("D", 4, height - disorderHeight / 2 + 3);
}
