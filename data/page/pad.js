/** A canvas to write on, with pen, finger or mouse. */
import { paintCharacter, paintInk } from "./ink.js";
import { fitCanvas, onPaletteChange } from "./palette.js";
import { boxOfInk, fitStrokes, placeCharacters, round } from "./reading.js";

/** Pause before the next stroke when the ink before it was not written just now, in milliseconds. */
const pauseAfterLoading = 1000;

/** Strokes on a canvas. A point is [x, y, t]: CSS pixels, and milliseconds from the first point. */
export class Pad {
  /**
   * @param {HTMLCanvasElement} canvas its size is that of its parent
   * @param {{onStart?: () => void, onChange?: () => void, onHover?: (index: number) => void}} handlers a stroke
   *   begins; the ink has changed; the pointer is over a character, or none: -1
   */
  constructor(canvas, { onStart, onChange, onHover } = {}) {
    Object.assign(this, { canvas, onStart, onChange, onHover });
    this.strokes = [];
    this.pressures = [];
    this.placed = [];
    this.chosen = -1;
    this.current = null;
    this.penSeen = false;
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => this.up(event));
    canvas.addEventListener("pointercancel", (event) => this.cancel(event));
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    canvas.addEventListener("pointerleave", () => this.onHover?.(-1));
    new ResizeObserver(() => this.draw()).observe(canvas.parentElement);
    onPaletteChange(() => this.drawSoon());
  }

  get isEmpty() {
    return this.strokes.length === 0;
  }

  /** Ink that is wider or taller than the canvas is drawn smaller. */
  get scale() {
    const { clientWidth, clientHeight } = this.canvas.parentElement;
    const box = boxOfInk(this.strokes);
    return box ? Math.min(1, clientWidth / (box.right + 4), clientHeight / (box.bottom + 4)) : 1;
  }

  down(event) {
    if (event.pointerType === "pen" && !this.penSeen) {
      this.penSeen = true;
      if (this.current?.type === "touch") this.drop();
    }
    const isPalm = event.pointerType === "touch" && this.penSeen;
    if (this.current || isPalm || event.button !== 0) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.onStart?.();
    if (this.isEmpty) this.origin = event.timeStamp;
    else if (this.origin === undefined) this.origin = event.timeStamp - this.lastTime - pauseAfterLoading;
    this.current = { id: event.pointerId, type: event.pointerType, scale: this.scale };
    this.strokes.push([]);
    this.pressures.push([]);
    this.add(event);
  }

  move(event) {
    if (this.current?.id === event.pointerId) {
      const events = event.getCoalescedEvents?.() ?? [];
      for (const one of events.length > 0 ? events : [event]) this.add(one);
    } else if (!this.current) {
      this.onHover?.(this.characterAt(event));
    }
  }

  up(event) {
    if (this.current?.id !== event.pointerId) return;
    this.current = null;
    this.drawSoon();
    this.onChange?.();
  }

  cancel(event) {
    if (this.current?.id !== event.pointerId) return;
    this.drop();
    this.forgetReading();
    this.onChange?.();
  }

  /** Forgets the stroke that is being written. */
  drop() {
    this.current = null;
    this.strokes.pop();
    this.pressures.pop();
  }

  add(event) {
    const bounds = this.canvas.getBoundingClientRect();
    const { scale } = this.current;
    const stroke = this.strokes.at(-1);
    const time = Math.max(0, event.timeStamp - this.origin);
    const point = [(event.clientX - bounds.left) / scale, (event.clientY - bounds.top) / scale, time].map(round);
    const last = stroke.at(-1);
    if (last && last[0] === point[0] && last[1] === point[1]) return;
    stroke.push(point);
    this.pressures.at(-1).push(event.pointerType === "pen" ? event.pressure : 0.5);
    this.drawSoon();
  }

  get lastTime() {
    return Math.max(0, ...this.strokes.map((stroke) => stroke.at(-1)[2] ?? 0));
  }

  undo() {
    if (this.current || this.isEmpty) return;
    this.drop();
    this.forgetReading();
    this.onChange?.();
  }

  clear() {
    this.load([]);
  }

  /**
   * Shows other ink instead.
   * @param {number[][][]} strokes in CSS pixels
   */
  load(strokes) {
    this.current = null;
    this.strokes = strokes.map((stroke) => stroke.map((point) => [...point]));
    this.pressures = strokes.map((stroke) => stroke.map(() => 0.5));
    this.origin = undefined;
    this.forgetReading();
    this.onChange?.();
  }

  /** Shows ink of any size, as large as the canvas allows. */
  loadFitted(strokes) {
    const { clientWidth, clientHeight } = this.canvas.parentElement;
    const [x, y] = [Math.max(12, clientWidth * 0.06), clientHeight * 0.24];
    const fitted = fitStrokes(strokes, clientWidth - 2 * x, clientHeight - 2 * y);
    this.load(fitted.map((stroke) => stroke.map(([a, b, t]) => [round(a + x), round(b + y), t])));
  }

  forgetReading() {
    this.placed = [];
    this.chosen = -1;
    this.drawSoon();
  }

  /** Draws the characters of a reading beneath their strokes. */
  showReading(reading) {
    this.placed = placeCharacters(reading, this.strokes);
    this.chosen = -1;
    this.drawSoon();
  }

  /** @param {number} index of the character whose ink stands out; -1: none */
  choose(index) {
    if (this.chosen === index) return;
    this.chosen = index;
    this.drawSoon();
  }

  characterAt(event) {
    const bounds = this.canvas.getBoundingClientRect();
    const [x, y] = [(event.clientX - bounds.left) / this.scale, (event.clientY - bounds.top) / this.scale];
    return this.placed.findIndex(({ box, below }) =>
      box && x >= box.left - 4 && x <= box.right + 4 && y >= box.top - 4 && y <= below + 34);
  }

  drawSoon() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.draw();
    });
  }

  draw() {
    const { clientWidth, clientHeight } = this.canvas.parentElement;
    if (clientWidth === 0) return;
    const context = fitCanvas(this.canvas, clientWidth, clientHeight);
    const { scale } = this;
    context.scale(scale, scale);
    paintInk(context, this.strokes, this.pressures, this.placed[this.chosen]?.ink);
    this.placed.forEach((placed, k) => paintCharacter(context, placed, k === this.chosen, clientHeight / scale));
  }
}
