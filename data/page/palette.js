/** Colours and names of labels, and canvases sharp on any screen. */
import { make } from "./elements.js";

/** Names of the labels; other letters stand for themselves. */
const stateNames = {
  H: "helix", G: "3-10 helix", I: "pi helix", E: "strand", B: "bridge", T: "turn", S: "bend", C: "coil",
  D: "disordered", O: "ordered",
};

const paletteListeners = [];
let paletteCache = new Map();

/** A label as people read it: `H helix`. */
export function nameOfState(letter) {
  return `${letter} ${stateNames[letter] ?? ""}`.trim();
}

/**
 * A colour of the palette as the page shows it now.
 * @param {string} name such as `--text`
 * @returns {string}
 */
export function paletteColour(name) {
  if (!paletteCache.has(name)) {
    const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    paletteCache.set(name, value || paletteColour("--soft"));
  }
  return paletteCache.get(name);
}

/**
 * Calls back when light and dark change, and around printing, which is always light.
 * @param {() => void} listener
 */
export function onPaletteChange(listener) {
  paletteListeners.push(listener);
}

function changePalette(isPrint) {
  document.documentElement.toggleAttribute("data-print", isPrint);
  paletteCache = new Map();
  for (const listener of paletteListeners) listener();
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => changePalette(false));
addEventListener("beforeprint", () => changePalette(true));
addEventListener("afterprint", () => changePalette(false));

/**
 * Empties a canvas, sized in CSS pixels.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 * @returns {CanvasRenderingContext2D} scaled for the screen
 */
export function fitCanvas(canvas, width, height) {
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  return context;
}

/**
 * A spot of a label's colour.
 * @param {string} letter
 */
export function swatchOf(letter) {
  const swatch = make("i", { className: "swatch" });
  swatch.style.background = `var(--state-${letter}, var(--soft))`;
  return swatch;
}

/**
 * A list of the labels with their colours and names.
 * @param {string} states
 */
export function legendOf(states) {
  const items = [...states].map((letter) => make("li", {}, swatchOf(letter), nameOfState(letter)));
  return make("ul", { className: "legend" }, ...items);
}
