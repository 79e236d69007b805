/** The tab that labels proteins. */
import { jsonLines, label, Problem } from "./api.js";
import { ChainCard, chainOf } from "./chains.js";
import { byId, grouped, showAlert } from "./elements.js";
import { Pager } from "./pager.js";
import { legendOf } from "./palette.js";
import { save } from "./saving.js";

const fileNames = { tsv: "labels.tsv", fasta: "labels.fasta", ss2: "labels.ss2" };
const downloadButtons = byId("downloads").querySelectorAll("button");
const pager = new Pager("chains", () => showPage(true));

let file = null;
/** What was asked last, and what has come of it. */
let asked = null;
let chains = [];
let residues = 0;
let found = [];
let cards = new Map();
let running = null;
let isPageDue = false;

/** Makes the tab work. */
export function startFolding() {
  byId("fold-form").addEventListener("submit", (event) => {
    event.preventDefault();
    labelInput();
  });
  byId("file").addEventListener("change", (event) => takeFile(event.target.files[0]));
  byId("file-remove").addEventListener("click", () => takeFile(null));
  byId("sequences").addEventListener("input", () => takeFile(null));
  byId("cancel").addEventListener("click", () => running?.abort());
  byId("search").addEventListener("input", () => {
    pager.page = 0;
    showPage();
  });
  for (const button of downloadButtons) {
    button.addEventListener("click", () => download(button.value));
  }
  byId("pager").append(pager.element);
  startDropping();
}

/** @param {string} fasta an example, a button's click away */
export function addProteinExample(fasta) {
  const button = byId("protein-example");
  button.disabled = false;
  button.addEventListener("click", () => {
    takeFile(null);
    byId("sequences").value = fasta;
    labelInput();
  });
}

/** A file may be dropped anywhere; the browser would leave the page for it otherwise. */
function startDropping() {
  const form = byId("fold-form");
  const hasFiles = (event) => event.dataTransfer.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    form.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("dropping");
  });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    form.classList.remove("dropping");
    if (!byId("fold").hidden) takeFile(event.dataTransfer.files[0]);
  });
}

function takeFile(chosen) {
  file = chosen ?? null;
  if (!file) byId("file").value = "";
  byId("file-chosen").hidden = !file;
  byId("file-name").textContent = file ? `${file.name} (${grouped(Math.ceil(file.size / 1000))} kB)` : "";
  if (file) byId("sequences").value = "";
}

async function labelInput() {
  const body = file ?? asFasta(byId("sequences").value);
  if (!file && body.trim() === "") {
    showAlert(byId("fold-alert"), "Paste sequences or choose a file first.");
    return;
  }
  asked = { body, states: Number(byId("fold-form").elements.states.value) };
  clearResults();
  await run(async (signal) => {
    const response = await label(asked.body, { states: asked.states, signal });
    showRepairs(response.headers.get("Strand-Repairs"));
    for await (const record of jsonLines(response)) addChain(chainOf(record));
    if (byId("disorder").checked) await addDisorder(signal);
  });
}

/** Runs one request at a time, with progress, Cancel, and an alert when it fails. */
async function run(work) {
  running?.abort();
  const mine = (running = new AbortController());
  showAlert(byId("fold-alert"));
  byId("progress").hidden = false;
  for (const button of downloadButtons) button.disabled = true;
  byId("progress-text").textContent = "Waiting for the server";
  let end = "";
  try {
    await work(mine.signal);
  } catch (error) {
    if (mine.signal.aborted) end = "Cancelled";
    else if (error instanceof Problem) showAlert(byId("fold-alert"), error.message);
    else showAlert(byId("fold-alert"), `The answer broke off: ${error.message}.`);
  }
  if (running !== mine) return;
  running = null;
  byId("progress").hidden = true;
  for (const button of downloadButtons) button.disabled = button.value === "ss2" && asked.states !== 3;
  showPage();
  byId("fold-spoken").textContent = end || (chains.length > 0 ? `${countOf(chains)} labelled` : "");
}

function clearResults() {
  chains = [];
  residues = 0;
  cards.clear();
  pager.page = 0;
  byId("search").value = "";
  byId("chains").replaceChildren();
  byId("legend").replaceChildren();
  byId("results").hidden = true;
  showRepairs(null);
}

function showRepairs(sentence) {
  byId("repairs").textContent = sentence ?? "";
  byId("repairs").hidden = !sentence;
}

function addChain(chain) {
  if (chains.length === 0) {
    byId("results").hidden = false;
    byId("legend").replaceChildren(legendOf(chain.states));
    byId("model").textContent = chain.model ?? "";
  }
  chains.push(chain);
  residues += chain.codes.length;
  if (isPageDue) return;
  isPageDue = true;
  requestAnimationFrame(() => {
    isPageDue = false;
    showPage();
  });
}

/** Labels the same residues for disorder, chain by chain in the same order. */
async function addDisorder(signal) {
  const fasta = chains.map(({ header, sequence }) => `>${header}\n${sequence}\n`).join("");
  const response = await label(fasta, { task: "disorder", signal });
  let k = 0;
  for await (const { probabilities } of jsonLines(response)) {
    const chain = chains[k++];
    chain.disorder = Float32Array.from(probabilities.D);
    cards.get(chain)?.update();
    byId("progress-text").textContent = `Disorder of ${grouped(k)} of ${countOf(chains)}`;
  }
}

function countOf(list) {
  return `${grouped(list.length)} ${list.length === 1 ? "chain" : "chains"}`;
}

function showPage(isTurned = false) {
  const wanted = byId("search").value.trim().toLowerCase();
  found = wanted ? chains.filter(({ header }) => header.toLowerCase().includes(wanted)) : chains;
  pager.setTotal(found.length);
  byId("pager").hidden = found.length <= pager.end - pager.first;
  byId("totals").textContent = `${countOf(chains)}, ${grouped(residues)} residues`
    + (wanted ? `, ${grouped(found.length)} found` : "");
  if (running) byId("progress-text").textContent = byId("totals").textContent;
  const shown = found.slice(pager.first, pager.end);
  const kept = cards;
  cards = new Map(shown.map((chain) => [chain, kept.get(chain) ?? new ChainCard(chain)]));
  const elements = [...cards.values()].map((card) => card.element);
  const isSame = elements.length === byId("chains").children.length
    && elements.every((element, k) => element === byId("chains").children[k]);
  if (!isSame) byId("chains").replaceChildren(...elements);
  if (isTurned) byId("results").scrollIntoView();
}

async function download(format) {
  const { body, states } = asked;
  await run(async (signal) => {
    const response = await label(body, { states, format, signal });
    save(fileNames[format], await response.blob());
  });
}

/** What was pasted; letters alone are a sequence without a name. */
function asFasta(text) {
  return /^[\sA-Za-z*]+$/.test(text) && /[A-Za-z]/.test(text) ? `>sequence\n${text.trim()}\n` : text;
}
