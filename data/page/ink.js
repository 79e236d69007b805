/** Paints ink, and characters beneath it. */
import { paletteColour } from "./palette.js";

const penWidth = 2.6;
/** Pressure that differs less than this over the ink is not real: a mouse always says 0.5. */
const realPressure = 0.05;
const characterSize = 17;

/**
 * Draws strokes, as wide as the pen was pressed where the device knows that.
 * @param {CanvasRenderingContext2D} context
 * @param {number[][][]} strokes
 * @param {number[][]} pressures 0 ... 1 for each point
 * @param {{stroke: number, points: [number, number]}[]} [chosen] pieces in another colour
 */
export function paintInk(context, strokes, pressures, chosen = []) {
  const all = pressures.flat();
  const isReal = all.reduce((a, b) => Math.max(a, b), 0) - all.reduce((a, b) => Math.min(a, b), 1) > realPressure;
  const widthOf = (pressure) => (isReal ? penWidth * (0.45 + 1.1 * pressure) : penWidth);
  context.lineCap = "round";
  context.lineJoin = "round";
  setColour(context, "--text");
  strokes.forEach((stroke, k) => paintStroke(context, stroke, pressures[k].map(widthOf)));
  setColour(context, "--accent");
  for (const { stroke, points: [first, last] } of chosen) {
    const widths = pressures[stroke].slice(first, last + 1).map(widthOf);
    paintStroke(context, strokes[stroke].slice(first, last + 1), widths);
  }
}

function setColour(context, name) {
  context.strokeStyle = paletteColour(name);
  context.fillStyle = paletteColour(name);
}

/** A smooth line through the midpoints of a stroke; a single point is a dot. */
function paintStroke(context, points, widths) {
  if (points.length === 1) {
    context.beginPath();
    context.arc(points[0][0], points[0][1], widths[0] * 0.8, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  let [fromX, fromY] = points[0];
  for (let i = 1; i < points.length; i += 1) {
    const [x, y] = points[i];
    const [beforeX, beforeY] = points[i - 1];
    const isLast = i === points.length - 1;
    const [toX, toY] = isLast ? [x, y] : [(beforeX + x) / 2, (beforeY + y) / 2];
    context.lineWidth = (widths[i - 1] + widths[i]) / 2;
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.quadraticCurveTo(beforeX, beforeY, toX, toY);
    context.stroke();
    [fromX, fromY] = [toX, toY];
  }
}

/**
 * Draws a character beneath its ink: a line as wide as the ink, filled as far as the character is probable.
 * @param {CanvasRenderingContext2D} context
 * @param {import("./reading.js").Placed} placed
 * @param {boolean} isChosen its probability is drawn too
 * @param {number} lowest y of the canvas's lower edge
 */
export function paintCharacter(context, { character, probability, box, below }, isChosen, lowest) {
  if (!box) return;
  const spare = Math.max(0, 9 - (box.right - box.left)) / 2;
  const [left, right] = [box.left - spare, box.right + spare];
  const y = Math.min(below + 7, lowest - characterSize - 22);
  context.fillStyle = paletteColour("--rule");
  context.fillRect(left, y, right - left, 2.5);
  context.fillStyle = paletteColour("--accent");
  context.fillRect(left, y, (right - left) * probability, 2.5);
  context.fillStyle = paletteColour(isChosen ? "--accent" : "--soft");
  context.textAlign = "center";
  context.font = `${characterSize}px system-ui, sans-serif`;
  context.fillText(character, (left + right) / 2, y + characterSize + 3);
  if (isChosen) {
    context.font = "11px system-ui, sans-serif";
    context.fillText(`${Math.round(100 * probability)} %`, (left + right) / 2, y + characterSize + 17);
  }
}
