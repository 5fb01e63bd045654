/** Elements built from text, never from markup. */

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes] `on…` are listeners, the rest attributes; null and false are left out
 * @param {...(Node|string|null)} children
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A number of things: count(1, "incident") is "1 incident", count(3, "incident") "3 incidents". @param {number} number @param {string} noun */
export function count(number, noun) {
  return `${number.toLocaleString("en-GB")} ${noun}${number === 1 ? "" : "s"}`;
}
