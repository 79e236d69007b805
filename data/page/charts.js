/** Charts of a proteome, in SVG. */
import { grouped, make } from "./elements.js";
import { nameOfState } from "./palette.js";

const chart = { width: 320, height: 190, left: 44, right: 16, top: 8, bottom: 38 };
const plotWidth = chart.width - chart.left - chart.right;
const plotHeight = chart.height - chart.top - chart.bottom;

function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A figure whose drawing has a name and a description for screen readers; marks have titles to point at. */
function figureOf(title, description, ...children) {
  const drawing = svg("svg", {
    viewBox: `0 0 ${chart.width} ${chart.height}`, role: "img", "aria-label": `${title}. ${description}`,
  }, ...children);
  return make("figure", {}, make("figcaption", {}, title), drawing);
}

function mark(name, attributes, title) {
  return svg(name, attributes, svg("title", {}, title));
}

function axisText(x, y, text, anchor = "middle") {
  return svg("text", { x, y, "text-anchor": anchor }, text);
}

/** Ticks and the name of the x-axis, for a scale from 0 to 1 across the plot. */
function xAxis(ticks, name) {
  const y = chart.top + plotHeight;
  const parts = ticks.map(([at, text]) => axisText(chart.left + at * plotWidth, y + 14, text));
  return svg("g", { class: "axis" }, svg("path", { d: `M${chart.left} ${y}h${plotWidth}` }), ...parts,
    axisText(chart.left + plotWidth / 2, y + 31, name));
}

function yAxis(ticks) {
  const lines = ticks.map(([at]) =>
    svg("path", { class: "grid", d: `M${chart.left} ${chart.top + plotHeight * (1 - at)}h${plotWidth}` }));
  const texts = ticks.map(([at, text]) => axisText(chart.left - 5, chart.top + plotHeight * (1 - at) + 4, text, "end"));
  return svg("g", { class: "axis" }, ...lines, ...texts);
}

/** A scale of lengths by their logarithm, with round ticks. */
function lengthScale(lengths) {
  const longest = lengths.reduce((a, b) => Math.max(a, b), 2);
  const shortest = Math.max(1, lengths.reduce((a, b) => Math.min(a, b), longest));
  const [low, high] = [Math.log(shortest), Math.log(Math.max(longest, shortest + 1) * 1.001)];
  const ticks = [];
  for (let power = 1; power <= longest; power *= 10) {
    for (const n of [power, 3 * power]) if (n >= shortest && n <= longest) ticks.push([at(n), grouped(n)]);
  }
  function at(length) {
    return Math.max(0, (Math.log(Math.max(1, length)) - low) / (high - low));
  }
  return { at, ticks, lengthAt: (x) => Math.round(Math.exp(low + x * (high - low))) };
}

function countsOf(positions, bins) {
  const counts = new Array(bins).fill(0);
  for (const at of positions) counts[Math.max(0, Math.min(bins - 1, Math.floor(at * bins)))] += 1;
  return counts;
}

/** Bars of counts; `nameOf(k)` says what bar k holds. */
function histogram(title, description, counts, nameOf, axis) {
  const most = Math.max(1, ...counts);
  const width = plotWidth / counts.length;
  const bars = counts.map((count, k) => {
    const height = (plotHeight * count) / most;
    return mark("rect", {
      class: "count", x: chart.left + k * width, y: chart.top + plotHeight - height, width: width - 0.8, height,
    }, `${nameOf(k)}: ${grouped(count)} chains`);
  });
  const ticks = [[0, "0"], [1, grouped(most)]];
  return figureOf(title, description, yAxis(ticks), ...bars, axis);
}

/** @param {number[]} lengths of all chains */
export function chartOfLengths(lengths) {
  const scale = lengthScale(lengths);
  const bins = 40;
  const counts = countsOf(lengths.map(scale.at), bins);
  const nameOf = (k) => `${grouped(scale.lengthAt(k / bins))} to ${grouped(scale.lengthAt((k + 1) / bins))} residues`;
  const sorted = lengths.slice().sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  const description = `Chains by length; the median is ${grouped(median)} residues.`;
  return histogram("Lengths", description, counts, nameOf, xAxis(scale.ticks, "residues in the chain"));
}

/** @param {number[]} confidences thousandths, or null */
export function chartOfConfidences(confidences) {
  const known = confidences.filter((value) => value !== null).map((value) => value / 1000);
  const least = Math.floor(10 * known.reduce((a, b) => Math.min(a, b), 0.9)) / 10;
  const bins = 40;
  const counts = countsOf(known.map((value) => (value - least) / (1 - least)), bins);
  const at = (k) => (least + ((1 - least) * k) / bins).toFixed(2);
  const ticks = [0, 0.5, 1].map((x) => [x, (least + x * (1 - least)).toFixed(2)]);
  const description = `Chains by the mean probability of their labels, from ${least} to 1.`;
  return histogram("Mean confidence", description, counts, (k) => `${at(k)} to ${at(k + 1)}`,
    xAxis(ticks, "mean probability of the labels"));
}

/** @param {[string, number][]} shares letters and their shares of all residues, 0 ... 1 */
export function chartOfShares(shares) {
  const most = Math.max(0.01, ...shares.map(([, share]) => share));
  const step = (plotHeight + 24) / shares.length;
  const bars = shares.flatMap(([letter, share], k) => {
    const y = chart.top + k * step;
    const bar = mark("rect", {
      x: 100, y: y + step * 0.15, width: (170 * share) / most, height: step * 0.7,
    }, `${nameOfState(letter)}: ${(100 * share).toFixed(1)} % of the residues`);
    bar.style.fill = `var(--state-${letter}, var(--soft))`;
    const middle = y + step / 2 + 4;
    return [axisText(94, middle, nameOfState(letter), "end"), bar,
      axisText(106 + (170 * share) / most, middle, `${(100 * share).toFixed(1)} %`, "start")];
  });
  const parts = shares.map(([letter, share]) => `${nameOfState(letter)} ${(100 * share).toFixed(1)} %`);
  return figureOf("Shares of the states", parts.join(", "), svg("g", { class: "axis" }, ...bars));
}

/**
 * How many chains have which length and share: the more, the darker.
 * @param {string} letter
 * @param {number[]} shares thousandths, one a chain
 * @param {number[]} lengths
 */
export function chartOfShareByLength(letter, shares, lengths) {
  const scale = lengthScale(lengths);
  const [columns, rows] = [44, 24];
  const counts = new Map();
  shares.forEach((share, k) => {
    const column = Math.min(columns - 1, Math.floor(scale.at(lengths[k]) * columns));
    const row = Math.min(rows - 1, Math.floor((share / 1000) * rows));
    counts.set(row * columns + column, (counts.get(row * columns + column) ?? 0) + 1);
  });
  const most = Math.max(1, ...counts.values());
  const [width, height] = [plotWidth / columns, plotHeight / rows];
  const cells = [...counts].map(([cell, count]) => {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    const percents = `${Math.round((100 * row) / rows)} to ${Math.round((100 * (row + 1)) / rows)} %`;
    return mark("rect", {
      class: "count", x: chart.left + column * width, y: chart.top + plotHeight - (row + 1) * height, width, height,
      opacity: 0.15 + 0.85 * Math.sqrt(count / most),
    }, `about ${grouped(scale.lengthAt((column + 0.5) / columns))} residues, ${percents} ${letter}: ${count} chains`);
  });
  const ticks = [[0, "0 %"], [0.5, "50 %"], [1, "100 %"]];
  return figureOf(`${nameOfState(letter)} by length`, "Each cell is darker the more chains are in it.",
    yAxis(ticks), ...cells, xAxis(scale.ticks, "residues in the chain"));
}
