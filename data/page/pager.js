/** Long lists, a page at a time. */
import { grouped, make } from "./elements.js";

/** Entries on a page. */
export const pageSize = 50;

/** Buttons to go through the pages of a list; add its `element` to the page. */
export class Pager {
  /**
   * @param {string} name what is paged, for screen readers
   * @param {() => void} onChange called after the reader has gone to another page
   */
  constructor(name, onChange) {
    this.page = 0;
    this.total = 0;
    this.range = make("span", { className: "range" });
    const go = (step) => () => {
      this.page += step;
      this.show();
      onChange();
    };
    this.back = make("button", { type: "button", className: "small", onclick: go(-1) }, "Previous");
    this.next = make("button", { type: "button", className: "small", onclick: go(1) }, "Next");
    this.element = make("nav", { className: "pager", "aria-label": `Pages of ${name}` },
      this.back, this.range, this.next);
  }

  /** @param {number} total entries in the list now; the page stays if it is still there */
  setTotal(total) {
    this.total = total;
    this.page = Math.max(0, Math.min(this.page, Math.ceil(total / pageSize) - 1));
    this.show();
  }

  /** Index of the first entry on the page. */
  get first() {
    return this.page * pageSize;
  }

  /** Index after the last entry on the page. */
  get end() {
    return Math.min(this.total, this.first + pageSize);
  }

  show() {
    this.range.textContent = this.total === 0
      ? "none" : `${grouped(this.first + 1)}–${grouped(this.end)} of ${grouped(this.total)}`;
    this.back.disabled = this.page === 0;
    this.next.disabled = this.end >= this.total;
  }
}
