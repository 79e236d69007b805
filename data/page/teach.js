/** The part of the writing tab in which a reader writes prompts, to train a model of the own hand. */
import { byId } from "./elements.js";
import { Hand } from "./hand.js";
import { Pad } from "./pad.js";
import { prompts } from "./prompts.js";
import { save } from "./saving.js";

let hand;
let pad;
let isLoading = false;

/** Makes the part work. */
export function startTeaching() {
  hand = new Hand();
  pad = new Pad(byId("teach-pad"), { onChange: keepStrokes });
  byId("writer").value = hand.writer;
  byId("writer").addEventListener("input", (event) => {
    hand.writer = event.target.value.trim() || "me";
    hand.keep();
  });
  byId("teach").addEventListener("click", () => open(true));
  byId("teach-close").addEventListener("click", () => open(false));
  byId("teach-undo").addEventListener("click", () => pad.undo());
  byId("teach-clear").addEventListener("click", () => pad.clear());
  byId("teach-back").addEventListener("click", () => go(hand.position - 1));
  byId("teach-next").addEventListener("click", () => go(hand.position + 1));
  byId("teach-skip").addEventListener("click", () => go(hand.position + 1));
  byId("download-training").addEventListener("click", () => save("my-hand.jsonl", hand.files().training));
  byId("download-validation").addEventListener("click", () => save("my-hand-valid.jsonl", hand.files().validation));
  byId("teach-delete").addEventListener("click", forget);
  showState();
}

/** Whether the prompts are shown. */
export function isTeaching() {
  return !byId("teaching").hidden;
}

/** Takes back the last stroke. */
export function undoTeachingStroke() {
  pad.undo();
}

function open(isOpen) {
  byId("teaching").hidden = !isOpen;
  byId("writing").hidden = isOpen;
  if (isOpen) {
    go(hand.position);
    byId("teach-heading").focus();
  } else {
    byId("teach").focus();
  }
}

function go(position) {
  hand.position = Math.max(0, Math.min(prompts.length - 1, position));
  if (hand.count > 0) hand.keep();
  isLoading = true;
  pad.load(hand.strokesAt(hand.position));
  isLoading = false;
  byId("prompt").textContent = prompts[hand.position];
  showState();
}

function keepStrokes() {
  if (isLoading) return;
  hand.setStrokes(hand.position, pad.strokes);
  showState();
}

function forget() {
  if (!confirm("Delete all samples of your hand from this browser?")) return;
  hand.forget();
  go(0);
}

function showState() {
  const { count, position } = hand;
  const isLast = position === prompts.length - 1;
  const isWritten = hand.strokesAt(position).length > 0;
  byId("teach-progress").value = count;
  byId("teach-progress").max = prompts.length;
  byId("teach-state").textContent = `Prompt ${position + 1} of ${prompts.length}, ${count} written`;
  byId("teach-back").disabled = position === 0;
  byId("teach-next").disabled = isLast || !isWritten;
  byId("teach-skip").disabled = isLast || isWritten;
  byId("teach-undo").disabled = !isWritten;
  byId("teach-clear").disabled = !isWritten;
  byId("teach-delete").disabled = count === 0;
  byId("download-training").disabled = count === 0;
  byId("download-validation").disabled = count < 5;
  byId("teach-kept").textContent = hand.isKept === false
    ? "This browser keeps nothing: download your samples before you leave the page."
    : "Your samples are kept in this browser until you delete them, and are sent nowhere.";
}
