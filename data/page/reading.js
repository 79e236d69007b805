/** Where the characters of a reading stand on the ink. */

/**
 * A character with its ink's box.
 * @typedef {object} Placed
 * @property {string} character
 * @property {number} probability
 * @property {{stroke: number, points: [number, number]}[]} ink
 * @property {{left: number, right: number, top: number, bottom: number}|null} box null: a blank
 * @property {number} below the lowest ink of its line
 */

/**
 * @param {{text: string, characters: object[]}} reading
 * @param {number[][][]} strokes
 * @returns {Placed[]}
 */
export function placeCharacters(reading, strokes) {
  const lines = lineNumbers(reading.text);
  const lowest = [];
  const placed = reading.characters.map((character, k) => {
    const box = boxOf(character.ink, strokes);
    const line = lines[k] ?? 0;
    if (box) lowest[line] = Math.max(lowest[line] ?? -Infinity, box.bottom);
    return { ...character, box, line };
  });
  return placed.map(({ line, ...character }) => ({ ...character, below: lowest[line] }));
}

/** The line of each character; line feeds are not characters. */
function lineNumbers(text) {
  let line = 0;
  const lines = [];
  for (const character of text) {
    if (character === "\n") line += 1;
    else lines.push(line);
  }
  return lines;
}

/** The box around pieces of strokes; null if there are none. */
export function boxOf(pieces, strokes) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { stroke, points } of pieces) {
    for (const [x, y] of (strokes[stroke] ?? []).slice(points[0], points[1] + 1)) {
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  return box.left <= box.right ? box : null;
}

/** The box around all ink. */
export function boxOfInk(strokes) {
  return boxOf(strokes.map((points, stroke) => ({ stroke, points: [0, points.length - 1] })), strokes);
}

/**
 * Strokes moved and scaled to fit into a width and a height, times kept.
 * @param {number[][][]} strokes
 */
export function fitStrokes(strokes, width, height) {
  const box = boxOfInk(strokes);
  if (!box) return [];
  const scale = Math.min(width / Math.max(1, box.right - box.left), height / Math.max(1, box.bottom - box.top));
  const left = (width - scale * (box.right - box.left)) / 2;
  const top = (height - scale * (box.bottom - box.top)) / 2;
  return strokes.map((points) => points.map(([x, y, t]) => [
    round(left + scale * (x - box.left)), round(top + scale * (y - box.top)), t,
  ]));
}

/** At most two decimals. */
export function round(number) {
  return Math.round(number * 100) / 100;
}
