/** The page of a proteome: totals, charts, and a table of its chains. */
import { Blocks, unpack } from "./blocks.js";
import { chartOfConfidences, chartOfLengths, chartOfShareByLength, chartOfShares } from "./charts.js";
import { byId, grouped, make, showAlert } from "./elements.js";
import { legendOf } from "./palette.js";
import { save } from "./saving.js";
import { ChainTable } from "./table.js";

/**
 * All chains of the page, column by column.
 * @typedef {object} Columns
 * @property {string[]} ids
 * @property {string[]} descriptions
 * @property {number[]} lengths
 * @property {Object<string, number[]>} shares thousandths for each label
 * @property {(number|null)[]} confidences thousandths
 */

async function startProteome() {
  const about = JSON.parse(byId("about").textContent);
  const columns = JSON.parse(new TextDecoder().decode(await unpack(byId("rows").textContent)));
  document.title = `${about.title} – Strand`;
  byId("title").textContent = about.title;
  byId("made").textContent = about.made;
  showTotals(about, columns);
  showCharts(about, columns);
  byId("legend").append(legendOf(about.states));
  const table = new ChainTable(about, columns, new Blocks(columns.lengths));
  byId("table").append(table.element);
  const filter = () => {
    table.filter({
      text: byId("filter").value,
      shortest: Number(byId("shortest").value) || 0,
      longest: Number(byId("longest").value) || Infinity,
    });
    byId("found").textContent = `${grouped(table.order.length)} of ${grouped(about.chains)} chains`;
  };
  for (const id of ["filter", "shortest", "longest"]) byId(id).addEventListener("input", filter);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("download-table").addEventListener("click", () => save("chains.tsv", table.tsv()));
  filter();
}

/** Mean of a column over all residues, so that long chains count more. */
function meanOverResidues(column, lengths) {
  let [sum, residues] = [0, 0];
  column.forEach((value, k) => {
    if (value === null) return;
    sum += value * lengths[k];
    residues += lengths[k];
  });
  return sum / Math.max(1, residues) / 1000;
}

function showTotals(about, { confidences, lengths }) {
  const figures = [
    [grouped(about.chains), about.chains === 1 ? "chain" : "chains"],
    [grouped(about.residues), "residues"],
    [grouped(Math.round(about.residues / Math.max(1, about.chains))), "residues a chain on average"],
  ];
  if (about.hasConfidence) figures.push([meanOverResidues(confidences, lengths).toFixed(3), "mean confidence"]);
  byId("totals").replaceChildren(...figures.map(([number, name]) => make("li", {}, make("b", {}, number), ` ${name}`)));
}

function showCharts({ states, hasConfidence }, { shares, lengths, confidences }) {
  const totals = [...states].map((letter) => [letter, meanOverResidues(shares[letter], lengths)]);
  const charts = [
    chartOfShares(totals),
    chartOfLengths(lengths),
    chartOfShareByLength(states[0], shares[states[0]], lengths),
  ];
  if (hasConfidence) charts.push(chartOfConfidences(confidences));
  byId("charts").append(...charts);
}

startProteome().catch((error) => showAlert(byId("page-alert"), `This page cannot be shown: ${error.message}`));
