/** Chains with ruler and zoom, on which mouse and arrow keys choose a residue. Only what is visible is drawn. */
import { make } from "./elements.js";
import { nameOfState, onPaletteChange, swatchOf } from "./palette.js";
import { gutter, heightOfTracks, paintTracks } from "./tracks.js";

const widestResidue = 22;
const widestFittedResidue = 16;
const stripOf = new WeakMap();

onPaletteChange(() => {
  for (const element of document.querySelectorAll(".strip")) stripOf.get(element).draw();
});

/** A strip; add its `element` to the page. */
export class Strip {
  /** @param {import("./tracks.js").Chain} chain */
  constructor(chain) {
    this.chain = chain;
    this.length = chain.codes.length;
    this.cursor = -1;
    this.zoom = 0;
    this.isFitted = true;
    this.isVisible = false;
    this.canvas = make("canvas");
    this.track = make("div", { className: "strip-track" }, this.canvas);
    this.track.style.height = `${heightOfTracks(chain)}px`;
    this.scroller = make("div", { className: "strip-scroll" }, this.track);
    this.readout = make("p", { className: "readout" });
    const foot = make("div", { className: "strip-foot" }, this.readout, this.zoomButtons());
    this.element = make("div", { className: "strip" }, this.scroller, foot);
    stripOf.set(this.element, this);
    this.describe();
    this.listen();
  }

  describe() {
    const attributes = {
      role: "slider",
      tabindex: 0,
      "aria-label": `Residues of ${this.chain.id}`,
      "aria-valuemin": 1,
      "aria-valuemax": Math.max(1, this.length),
      "aria-valuenow": 1,
      "aria-valuetext": `${this.length} residues; arrow keys choose one`,
    };
    for (const [name, value] of Object.entries(attributes)) this.scroller.setAttribute(name, value);
    this.readout.textContent = this.length > 0 ? "Point at a residue, or use the arrow keys here." : "No residues.";
  }

  zoomButtons() {
    const choices = [["−", "Zoom out", 0.5], ["+", "Zoom in", 2], ["Fit", "Fit", 0]];
    const buttons = choices.map(([text, name, factor]) => make("button", {
      type: "button",
      className: "small",
      onclick: () => this.zoomBy(factor),
      "aria-label": `${name}: ${this.chain.id}`,
    }, text));
    return make("div", { className: "zoom" }, ...buttons);
  }

  listen() {
    this.scroller.addEventListener("scroll", () => this.drawSoon(), { passive: true });
    this.scroller.addEventListener("keydown", (event) => this.press(event));
    for (const name of ["pointermove", "pointerdown"]) {
      this.scroller.addEventListener(name, (event) => {
        const x = event.clientX - this.scroller.getBoundingClientRect().left;
        this.choose(Math.floor((x + this.scroller.scrollLeft - gutter) / this.zoom));
      });
    }
    new ResizeObserver(() => this.resize()).observe(this.scroller);
    const visibility = new IntersectionObserver((entries) => {
      this.isVisible = entries.at(-1).isIntersecting;
      this.drawSoon();
    }, { rootMargin: "600px" });
    visibility.observe(this.element);
  }

  /** Pixels a residue when the whole chain is seen. */
  get fittingZoom() {
    return Math.min(widestFittedResidue, (this.scroller.clientWidth - gutter) / Math.max(1, this.length));
  }

  resize() {
    const fit = this.fittingZoom;
    if (fit <= 0) return;
    if (this.isFitted || this.zoom < fit) this.zoom = fit;
    this.layOut();
  }

  layOut() {
    this.isFitted = this.zoom <= this.fittingZoom;
    this.track.style.width = this.isFitted ? "100%" : `${gutter + this.zoom * this.length}px`;
    this.drawSoon();
  }

  /**
   * Zooms around the chosen residue if it is seen, else the middle.
   * @param {number} factor 0: fits the chain into the width
   */
  zoomBy(factor) {
    const width = this.scroller.clientWidth - gutter;
    const left = this.scroller.scrollLeft;
    const cursorX = (this.cursor + 0.5) * this.zoom - left;
    const x = this.cursor >= 0 && cursorX > 0 && cursorX < width ? cursorX : width / 2;
    const residue = (left + x) / this.zoom;
    const fit = this.fittingZoom;
    this.zoom = factor === 0 ? fit : Math.min(Math.max(widestResidue, fit), Math.max(fit, this.zoom * factor));
    this.layOut();
    this.scroller.scrollLeft = residue * this.zoom - x;
  }

  press(event) {
    const page = Math.max(10, Math.floor((this.scroller.clientWidth - gutter) / this.zoom));
    const steps = {
      ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1,
      PageUp: -page, PageDown: page, Home: -this.length, End: this.length,
    };
    const factor = { "+": 2, "=": 2, "-": 0.5, 0: 0 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in steps) {
      const far = event.shiftKey ? 10 : 1;
      this.choose(this.cursor < 0 && steps[event.key] > 0 && steps[event.key] < this.length
        ? 0 : this.cursor + far * steps[event.key]);
      this.reveal();
    } else if (factor !== undefined) {
      this.zoomBy(factor);
    } else {
      return;
    }
    event.preventDefault();
  }

  /**
   * Chooses a residue and says all about it in the readout.
   * @param {number} index from 0; moved into the chain if outside
   */
  choose(index) {
    const i = Math.max(0, Math.min(this.length - 1, index));
    if (this.length === 0 || i === this.cursor) return;
    this.cursor = i;
    this.showReadout();
    this.drawSoon();
  }

  /** Says the chosen residue's label and probabilities, again if they have changed. */
  showReadout() {
    const i = this.cursor;
    if (i < 0) return;
    const letter = this.chain.states[this.chain.codes[i]];
    const title = make("b", {}, `${this.chain.sequence[i]} ${i + 1}`);
    const state = letter
      ? make("span", {}, swatchOf(letter), nameOfState(letter))
      : make("span", {}, "no label");
    const numbers = this.chain.details(i).map(([name, value]) => make("span", {}, `${name} ${value}`));
    this.readout.replaceChildren(title, state, ...numbers);
    this.scroller.setAttribute("aria-valuenow", i + 1);
    const parts = [...this.readout.children].map((part) => part.textContent);
    this.scroller.setAttribute("aria-valuetext", parts.join(", "));
  }

  /** Scrolls the chosen residue into view. */
  reveal() {
    const x = gutter + this.cursor * this.zoom;
    const { scrollLeft, clientWidth } = this.scroller;
    if (x - this.zoom < scrollLeft + gutter) this.scroller.scrollLeft = x - gutter - 4 * this.zoom;
    if (x + 2 * this.zoom > scrollLeft + clientWidth) this.scroller.scrollLeft = x + 5 * this.zoom - clientWidth;
  }

  drawSoon() {
    if (this.isDue || !this.isVisible) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.draw();
    });
  }

  draw() {
    this.track.style.height = `${heightOfTracks(this.chain)}px`;
    const width = this.scroller.clientWidth;
    if (width === 0 || this.zoom <= 0) return;
    paintTracks(this.canvas, this.chain, {
      zoom: this.zoom, left: this.scroller.scrollLeft, width, cursor: this.cursor,
    });
  }
}
