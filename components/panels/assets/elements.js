/**
 * Builds elements from plain data: panels/elements.py's Node. Only what is listed here exists, and text is only ever text.
 * It knows neither the page nor Streamlit: whoever shows the elements says, as a host, what a press does.
 */

const TAGS = new Set([
  "a",
  "article",
  "button",
  "dd",
  "details",
  "div",
  "dl",
  "dt",
  "em",
  "fieldset",
  "h1",
  "h2",
  "h3",
  "input",
  "label",
  "legend",
  "li",
  "ol",
  "option",
  "p",
  "section",
  "select",
  "span",
  "strong",
  "summary",
  "time",
  "ul",
]);
const ATTRIBUTES = new Set([
  "aria-checked",
  "aria-current",
  "aria-describedby",
  "aria-disabled",
  "aria-keyshortcuts",
  "aria-label",
  "aria-pressed",
  "class",
  "datetime",
  "dir",
  "disabled",
  "id",
  "lang",
  "max",
  "min",
  "name",
  "open",
  "placeholder",
  "required",
  "role",
  "selected",
  "title",
  "type",
  "value",
]);
const BEHAVIOURS = new Set(["copy", "describe", "enter", "leave", "say", "sift", "summon"]);
const SVG = "http://www.w3.org/2000/svg";

/**
 * What a press asks for: a verb and its object, such as ["select", "site:al-tanf"].
 * @typedef {string[]} Act
 *
 * @typedef {Record<string, string | Act>} Attributes
 *
 * Text, or an element as [tag, attributes, ...children].
 * @typedef {string | [tag: string, attributes: Attributes, ...children: MarkupNode[]]} MarkupNode
 *
 * What a page that shows elements does for them. A button whose behaviour the page has not is hidden.
 * @typedef {object} Host
 * @property {(act: Act, element: HTMLElement) => void} act
 * @property {Record<string, (element: HTMLElement, value: string) => void>} [behaviours] by BEHAVIOURS' names, each called
 *   once when the element has been built
 */

/**
 * Return the element, or the text, that a node describes; throw an Error for a tag or an attribute that is not listed.
 * @param {MarkupNode} node
 * @param {Host} host
 * @returns {HTMLElement | SVGElement | Text}
 */
export function build(node, host) {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, ...children] = node;
  if (tag === "symbol") return symbol(attributes);
  if (tag === "plot") return plot(attributes);
  if (!TAGS.has(tag)) throw new Error(`elements.js knows no <${tag}>`);
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (Array.isArray(value)) {
      if (name !== "act") throw new Error(`elements.js knows no list as ${name}`);
      element.dataset.act = JSON.stringify(value);
      element.addEventListener(
        "click",
        () => element.getAttribute("aria-disabled") === "true" || host.act(value, element),
      );
    } else if (name === "span") place(element, value);
    else if (name === "colour") element.style.setProperty("--colour", value);
    else if (name === "href") link(element, value);
    else if (name === "page") page(element, value);
    else if (name === "begin") element.dataset.begin = value;
    else if (name === "keep") element.dataset.keep = value;
    else if (name === "lights") element.dataset.lights = value;
    else if (ATTRIBUTES.has(name)) element.setAttribute(name, value);
    else if (!BEHAVIOURS.has(name)) throw new Error(`elements.js knows no attribute ${name}`);
  }
  if (element instanceof HTMLButtonElement) element.type = "button";
  element.append(...children.map((child) => build(child, host)));
  for (const [name, value] of Object.entries(attributes)) {
    if (BEHAVIOURS.has(name)) behave(element, name, String(value), host);
  }
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {string} name of BEHAVIOURS
 * @param {string} value
 * @param {Host} host
 */
function behave(element, name, value, { behaviours = {} }) {
  if (behaviours[name]) behaviours[name](element, value);
  else if (element instanceof HTMLButtonElement) element.hidden = true;
}

/**
 * Say where an element lies along its parent, from and to in percent, such as "12.5 40".
 * @param {HTMLElement} element
 * @param {string} span
 */
function place(element, span) {
  const [from, to] = span.split(" ").map(Number);
  element.style.setProperty("--from", `${from}%`);
  element.style.setProperty("--to", `${to}%`);
}

/**
 * Link to another site's page: never javascript: or data:.
 * @param {HTMLElement} element
 * @param {string} address
 */
function link(element, address) {
  if (!/^https?:\/\//.test(address)) return;
  element.setAttribute("href", address);
  element.setAttribute("target", "_blank");
  element.setAttribute("rel", "noopener noreferrer");
}

/** Another page of a static site, this one of another data set, or a file of such a set. */
const BESIDE = /^(?:[\w-]+\/)*[\w-]+\.html(?:[?#][^<>"\s]*)?$|^(?:export\/[a-z]+\.[a-z]+)?\?set=[a-z0-9-]+$/;

/**
 * Link to a page beside this one.
 * @param {HTMLElement} element
 * @param {string} address relative to this page, such as sites/al-tanf.html
 */
function page(element, address) {
  if (!BESIDE.test(address)) return;
  element.setAttribute("href", address);
  if (address.startsWith("export/")) element.setAttribute("download", ""); // a file that cannot be had leaves the page be
}

/** @param {Attributes} attributes of a map symbol: its path, its colour, and its square's side where that is not 16 */
function symbol({ d, colour, box = "16" }) {
  const { svg, path } = outline(d, `${box} ${box}`);
  path.setAttribute("fill-rule", "evenodd");
  path.style.fill = String(colour);
  return svg;
}

/** @param {Attributes} attributes of an outline that fills its element: its path, the width and the height of its box, its class */
function plot({ d, box, class: name }) {
  const { svg } = outline(d, String(box));
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("class", `plot ${name}`);
  return svg;
}

/** @param {string | Act} d @param {string} box its width and its height */
function outline(d, box) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${box}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", String(d));
  svg.append(path);
  return { svg, path };
}
