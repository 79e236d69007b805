/** Starts the page: tabs, the server's version, the question for a token. */
import { askForTokenWith, models, takeTokenFromAddress } from "./api.js";
import { byId, make, showAlert } from "./elements.js";
import { addProteinExample, startFolding } from "./fold.js";
import { isTeaching, startTeaching, undoTeachingStroke } from "./teach.js";
import { addInkExamples, startWriting, undoStroke } from "./write.js";

const tabNames = ["write", "fold"];
const tabs = tabNames.map((name) => byId(`tab-${name}`));

function showTab(name, isFocused = false) {
  tabNames.forEach((other, k) => {
    const isShown = other === name;
    tabs[k].setAttribute("aria-selected", isShown);
    tabs[k].tabIndex = isShown ? 0 : -1;
    byId(other).hidden = !isShown;
    if (isShown && isFocused) tabs[k].focus();
  });
  localStorage.setItem("strand.tab", name);
  if (location.hash !== `#${name}`) history.replaceState(null, "", `#${name}`);
}

function tabInAddress() {
  const name = location.hash.slice(1);
  return tabNames.includes(name) ? name : null;
}

function startTabs() {
  tabs.forEach((tab, k) => {
    tab.addEventListener("click", () => showTab(tabNames[k]));
    tab.addEventListener("keydown", (event) => {
      const next = { ArrowLeft: k - 1, ArrowRight: k + 1, Home: 0, End: -1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      showTab(tabNames.at(next % tabNames.length), true);
    });
  });
  addEventListener("hashchange", () => {
    takeTokenFromAddress();
    const name = tabInAddress();
    if (name) showTab(name);
  });
  const kept = localStorage.getItem("strand.tab");
  showTab(tabInAddress() ?? (tabNames.includes(kept) ? kept : "write"));
}

function askForToken(wasWrong) {
  const dialog = byId("token-dialog");
  const field = byId("token");
  byId("token-wrong").hidden = !wasWrong;
  field.value = "";
  dialog.showModal();
  return new Promise((resolve) => {
    byId("token-form").onsubmit = (event) => {
      event.preventDefault();
      dialog.close(field.value.trim());
    };
    byId("token-cancel").onclick = () => dialog.close("");
    dialog.oncancel = () => (dialog.returnValue = "");
    dialog.onclose = () => resolve(dialog.returnValue || null);
  });
}

async function showVersion() {
  const answer = await models();
  byId("version").textContent = answer.version;
  const items = answer.models.map((model) => make("li", {}, `${model.task}: ${model.name}`,
    make("small", {}, ` SHA-256 ${model.sha256.slice(0, 12)}`)));
  byId("models").replaceChildren(...items);
}

function undoByKey(event) {
  const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
  if (!isUndo || byId("write").hidden || event.target.closest("textarea, input:not([type=checkbox])")) return;
  event.preventDefault();
  if (isTeaching()) undoTeachingStroke();
  else undoStroke();
}

async function start() {
  takeTokenFromAddress();
  askForTokenWith(askForToken);
  startTabs();
  startTeaching();
  addEventListener("keydown", undoByKey);
  showVersion().catch((error) => showAlert(byId("page-alert"), error.message));
  startWriting();
  startFolding();
  const examples = await (await fetch("/page/examples.json")).json();
  addInkExamples(examples.ink);
  addProteinExample(examples.proteins);
}

start();
