/** Files and texts that leave the page. */

/**
 * Offers a file to the reader.
 * @param {string} name
 * @param {BlobPart} contents
 * @param {string} [type] media type
 */
export function save(name, contents, type = "text/plain") {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(contents instanceof Blob ? contents : new Blob([contents], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * Puts a text on the clipboard and says so on the button for a moment.
 * @param {string} text
 * @param {HTMLButtonElement} button
 */
export async function copy(text, button) {
  const name = (button.dataset.name ??= button.textContent);
  let said = "Copied";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    said = "The browser refused";
  }
  button.textContent = said;
  setTimeout(() => (button.textContent = name), 1500);
}
