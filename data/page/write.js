/** The tab that reads handwriting. */
import { read } from "./api.js";
import { byId, make, showAlert } from "./elements.js";
import { Pad } from "./pad.js";
import { copy, save } from "./saving.js";

/** Strokes that follow each other at once are read together, in milliseconds. */
const patience = 30;

const text = byId("text");
const letters = byId("letters");
const alternatives = byId("alternatives");
let pad;
let reading = null;
let timer = 0;
let request = null;

/** Makes the tab work. */
export function startWriting() {
  pad = new Pad(byId("pad"), { onStart: stopReading, onChange: readSoon, onHover: chooseCharacter });
  byId("undo").addEventListener("click", () => pad.undo());
  byId("clear").addEventListener("click", () => pad.clear());
  byId("english").addEventListener("change", readSoon);
  byId("copy").addEventListener("click", (event) => copy(text.value, event.currentTarget));
  byId("download-ink").addEventListener("click", download);
  text.addEventListener("input", () => {
    growText();
    markAlternative();
  });
  letters.addEventListener("keydown", moveAmongLetters);
  showNothing();
}

/** @param {{text: string, strokes: number[][][]}[]} examples drawings, a button each */
export function addInkExamples(examples) {
  const buttons = examples.map(({ text: name, strokes }) =>
    make("button", { type: "button", onclick: () => pad.loadFitted(strokes) }, `“${name}”`));
  byId("ink-examples").append(...buttons);
}

/** Takes back the last stroke. */
export function undoStroke() {
  pad.undo();
}

function stopReading() {
  clearTimeout(timer);
  request?.abort();
}

function readSoon() {
  stopReading();
  byId("pad-hint").hidden = !pad.isEmpty;
  if (pad.isEmpty) showNothing();
  else timer = setTimeout(readNow, patience);
}

async function readNow() {
  const mine = (request = new AbortController());
  try {
    const answer = await read(pad.strokes, { english: byId("english").checked, signal: mine.signal });
    if (mine.signal.aborted) return;
    showAlert(byId("write-alert"));
    show(answer);
  } catch (error) {
    if (error.name === "AbortError" || mine.signal.aborted) return;
    showAlert(byId("write-alert"), error.message);
    if (error.retryAfter) timer = setTimeout(readNow, 1000 * error.retryAfter);
  }
}

function showNothing() {
  reading = null;
  setText("");
  letters.replaceChildren();
  alternatives.replaceChildren();
  byId("reading").hidden = true;
  for (const id of ["undo", "clear"]) byId(id).disabled = pad.isEmpty;
}

function show(answer) {
  reading = answer;
  pad.showReading(answer);
  setText(answer.text);
  byId("spoken").textContent = answer.text ? `Text: ${answer.text}` : "No text recognised";
  byId("reading").hidden = false;
  for (const id of ["undo", "clear"]) byId(id).disabled = false;
  alternatives.replaceChildren(...answer.alternatives.map(alternativeButton));
  markAlternative();
  showLetters(answer);
}

function setText(value) {
  text.value = value;
  if (!value) byId("spoken").textContent = "";
  growText();
}

function growText() {
  text.rows = Math.max(1, text.value.split("\n").length);
}

function alternativeButton(alternative) {
  const choose = () => {
    setText(alternative.text);
    markAlternative();
  };
  const shown = alternative.text.replaceAll("\n", " ⏎ ") || "(nothing)";
  const button = make("button", { type: "button", value: alternative.text, onclick: choose }, shown,
    make("small", {}, ` ${percent(alternative.probability)}`));
  return make("li", {}, button);
}

function markAlternative() {
  for (const button of alternatives.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", button.value === text.value);
  }
}

/** 0.934: "93 %"; what rounds to none: "<1 %". */
function percent(probability) {
  return probability > 0 && probability < 0.005 ? "<1 %" : `${Math.round(100 * probability)} %`;
}

function showLetters({ characters }) {
  const items = characters.map(({ character, probability }, k) => {
    const name = character === " " ? "space" : character;
    const button = make("button", {
      type: "button",
      tabIndex: k === 0 ? 0 : -1,
      className: probability < 0.5 && character !== " " ? "letter doubtful" : "letter",
      onfocus: () => chooseCharacter(k),
      onblur: () => chooseCharacter(-1),
      onpointerenter: () => chooseCharacter(k),
      onpointerleave: () => chooseCharacter(-1),
      "aria-label": `${name} ${percent(probability)}`,
    }, make("b", {}, character === " " ? "␣" : character), make("small", {}, percent(probability)));
    button.style.setProperty("--probability", probability);
    return make("li", {}, button);
  });
  letters.replaceChildren(...items);
}

function chooseCharacter(index) {
  pad.choose(index);
  letters.querySelectorAll("button").forEach((button, k) => button.classList.toggle("chosen", k === index));
}

/** The letters are one stop for the Tab key; arrow keys go from one to the next. */
function moveAmongLetters(event) {
  const buttons = [...letters.querySelectorAll("button")];
  const now = buttons.indexOf(document.activeElement);
  const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (next === undefined || !buttons[next]) return;
  event.preventDefault();
  buttons[now].tabIndex = -1;
  buttons[next].tabIndex = 0;
  buttons[next].focus();
}

function download() {
  const sample = { id: "1", writer: "me", text: text.value, strokes: pad.strokes };
  save("ink.jsonl", `${JSON.stringify(sample)}\n`, "application/jsonl");
}
