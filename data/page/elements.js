/** Elements of the page, made and found. */

/**
 * Makes an element.
 * @param {string} name
 * @param {object} [properties] properties of the element; a name with a dash, and `role`, is an attribute
 * @param {...(Node|string)} children
 */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
}

/** @param {string} id of an element that is there */
export function byId(id) {
  return document.getElementById(id);
}

/** A count as people read it: 1,355,543. */
export function grouped(number) {
  return number.toLocaleString("en");
}

/**
 * Shows a problem in an alert box, or empties the box.
 * @param {HTMLElement} box with the role `alert`
 * @param {string} [message]
 */
export function showAlert(box, message = "") {
  box.textContent = message;
  box.hidden = message === "";
}
