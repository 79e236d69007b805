/** A table of chains that is sorted, filtered and paged; a row opens to its strip. */
import { chainOfResidues, labelsOf } from "./blocks.js";
import { grouped, make } from "./elements.js";
import { Pager } from "./pager.js";
import { onPaletteChange } from "./palette.js";
import { copy } from "./saving.js";
import { Strip } from "./strips.js";
import { paintSmallStrip } from "./tracks.js";

const smallStrip = { width: 180, height: 18 };
const collator = new Intl.Collator("en", { numeric: true });

/** The table; add its `element` to the page. */
export class ChainTable {
  /**
   * @param {{states: string, hasConfidence: boolean}} about
   * @param {import("./proteome.js").Columns} columns
   * @param {import("./blocks.js").Blocks} blocks
   */
  constructor(about, columns, blocks) {
    Object.assign(this, { about, columns, blocks });
    this.texts = columns.ids.map((id, k) => `${id}\n${columns.descriptions[k]}`.toLowerCase());
    this.order = [];
    this.sorting = { name: null, sign: 0 };
    this.fields = this.makeFields();
    this.pager = new Pager("chains", () => {
      this.show();
      this.element.scrollIntoView();
    });
    const heads = this.fields.map((field) => this.headOf(field));
    this.head = make("tr", {}, ...heads, make("th", { scope: "col" }, make("b", {}, "Strip")));
    this.body = make("tbody");
    const table = make("table", {}, make("thead", {}, this.head), this.body);
    const box = make("div", { className: "table-box", tabIndex: 0, role: "region", "aria-label": "Chains" }, table);
    this.element = make("div", {}, box, this.pager.element);
    onPaletteChange(() => this.paintSmallStrips());
  }

  /** What the columns show: a name, its values, and how one is written. */
  makeFields() {
    const { ids, descriptions, lengths, shares, confidences } = this.columns;
    const share = (letter) => ({
      name: letter, title: `${letter} %`, values: shares[letter], isNumber: true, text: (v) => (v / 10).toFixed(1),
    });
    const fields = [
      { name: "id", title: "Id", values: ids, text: (v) => v },
      { name: "description", title: "Description", values: descriptions, text: (v) => v },
      { name: "length", title: "Length", values: lengths, isNumber: true, text: grouped },
      ...[...this.about.states].map(share),
    ];
    const text = (v) => (v === null ? "" : (v / 1000).toFixed(2));
    if (this.about.hasConfidence) {
      fields.push({ name: "confidence", title: "Confidence", values: confidences, isNumber: true, text });
    }
    return fields;
  }

  headOf(field) {
    const button = make("button", { type: "button", onclick: () => this.sortBy(field) }, field.title);
    return make("th", { scope: "col", className: field.isNumber ? "number" : "", "aria-sort": "none" }, button);
  }

  /** Sorts by a column: once one way, then the other, then as in the file. Numbers begin with the largest. */
  sortBy(field) {
    const first = field.isNumber ? -1 : 1;
    const { name, sign } = this.sorting;
    if (name !== field.name) this.sorting = { name: field.name, sign: first };
    else if (sign === first) this.sorting = { name, sign: -first };
    else this.sorting = { name: null, sign: 0 };
    this.pager.page = 0;
    this.update();
  }

  /** @param {{text: string, shortest: number, longest: number}} wanted which chains are shown */
  filter(wanted) {
    this.wanted = { ...wanted, text: wanted.text.trim().toLowerCase() };
    this.pager.page = 0;
    this.update();
  }

  update() {
    const { text, shortest, longest } = this.wanted;
    const { lengths } = this.columns;
    this.order = [];
    for (let k = 0; k < lengths.length; k += 1) {
      if (lengths[k] >= shortest && lengths[k] <= longest && this.texts[k].includes(text)) this.order.push(k);
    }
    this.sort();
    this.pager.setTotal(this.order.length);
    this.show();
  }

  sort() {
    const { name, sign } = this.sorting;
    this.fields.forEach((field, k) => {
      const direction = { 1: "ascending", [-1]: "descending" }[field.name === name ? sign : 0];
      this.head.children[k].setAttribute("aria-sort", direction ?? "none");
    });
    const field = this.fields.find((one) => one.name === name);
    if (!field) return;
    const { values, isNumber } = field;
    const compare = isNumber ? (a, b) => values[a] - values[b] : (a, b) => collator.compare(values[a], values[b]);
    this.order.sort((a, b) => sign * compare(a, b) || a - b);
  }

  show() {
    const page = this.order.slice(this.pager.first, this.pager.end);
    this.body.replaceChildren(...page.map((k) => this.rowOf(k)));
    this.paintSmallStrips();
  }

  rowOf(k) {
    const [id, ...rest] = this.fields;
    const canvas = make("canvas", {
      width: 1, height: 1, className: "small-strip", role: "img", "aria-label": this.sharesOf(k),
    });
    canvas.style.width = `${smallStrip.width}px`;
    canvas.style.height = `${smallStrip.height}px`;
    const name = id.values[k] || "(no name)";
    const button = make("button", { type: "button", className: "open", title: name, "aria-expanded": "false" }, name);
    const cells = rest.map((field) =>
      make("td", { className: field.isNumber ? "number" : field.name, title: field.isNumber ? "" : field.values[k] },
        field.text(field.values[k])));
    const row = make("tr", {}, make("th", { scope: "row" }, button), ...cells, make("td", {}, canvas));
    row.dataset.chain = k;
    button.addEventListener("click", () => this.toggle(row, button, k));
    canvas.addEventListener("click", () => this.toggle(row, button, k));
    return row;
  }

  sharesOf(k) {
    return [...this.about.states].map((letter) => `${letter} ${this.columns.shares[letter][k] / 10} %`).join(", ");
  }

  async toggle(row, button, k) {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", !isOpen);
    if (isOpen) {
      row.nextElementSibling.remove();
      return;
    }
    const content = make("div", { className: "opened" });
    row.after(make("tr", {}, make("td", { colSpan: this.fields.length + 1 }, content)));
    const chain = await this.chain(k);
    const header = [chain.id, this.columns.descriptions[k]].join(" ").trim();
    const fasta = `>${header}\n${chain.sequence.replaceAll(" ", "X")}\n${labelsOf(chain)}\n`;
    const copyButton = make("button", {
      type: "button", className: "small", onclick: () => copy(fasta, copyButton),
    }, "Copy as labelled FASTA");
    const description = make("p", { className: "description" }, this.columns.descriptions[k]);
    content.append(description, new Strip(chain).element, copyButton);
  }

  async chain(k) {
    return chainOfResidues(this.columns.ids[k], await this.blocks.residues(k), this.about);
  }

  /** Rows of a block are painted together, so that each block is unpacked once. */
  async paintSmallStrips() {
    const rows = [...this.body.querySelectorAll("tr[data-chain]")];
    const blockOf = (row) => this.blocks.blockOf(Number(row.dataset.chain));
    rows.sort((a, b) => blockOf(a) - blockOf(b));
    for (const row of rows) {
      const chain = await this.chain(Number(row.dataset.chain));
      if (!row.isConnected) return;
      paintSmallStrip(row.querySelector(".small-strip"), chain, smallStrip.width, smallStrip.height);
    }
  }

  /** The chains of the filtered table, in its order, as a table of tab-separated values. */
  tsv() {
    const thousandths = (value) => (value === null ? "" : (value / 1000).toFixed(3));
    const cell = ({ name, values }, k) => {
      if (name === "length") return values[k];
      return name in this.columns.shares || name === "confidence"
        ? thousandths(values[k]) : values[k].replace(/[\t\r\n]/g, " ");
    };
    const lines = this.order.map((k) => this.fields.map((field) => cell(field, k)).join("\t"));
    return [this.fields.map((field) => field.name).join("\t"), ...lines, ""].join("\n");
  }
}
