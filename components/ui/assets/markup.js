// Builds elements from plain data: markup.py's Node. Only what is listed here exists; text is only ever text.

const TAGS = new Set([
  "a", "article", "button", "dd", "div", "dl", "dt", "em", "fieldset", "h1", "h2", "h3", "legend", "li", "ol", "p",
  "section", "span", "strong", "time", "ul",
]);
const ATTRIBUTES = new Set([
  "aria-current", "aria-label", "aria-pressed", "class", "datetime", "dir", "disabled", "lang", "role", "title", "type",
]);
const SVG = "http://www.w3.org/2000/svg";

/** One style sheet for all parts of the page, each of which is a shadow root. */
const sheet = new CSSStyleSheet();
const styles = await fetch(new URL("markup.css", import.meta.url));
sheet.replaceSync(styles.ok ? await styles.text() : "");

function build(node, act) {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, ...children] = node;
  if (tag === "symbol") return symbol(attributes);
  if (!TAGS.has(tag)) throw new Error(`markup.js knows no <${tag}>`);
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "act") {
      element.dataset.act = JSON.stringify(value);
      element.addEventListener("click", () => act(value));
    } else if (name === "colour") element.style.setProperty("--colour", value);
    else if (name === "href") link(element, value);
    else if (ATTRIBUTES.has(name)) element.setAttribute(name, value);
    else throw new Error(`markup.js knows no attribute ${name}`);
  }
  if (tag === "button") element.type = "button";
  element.append(...children.map((child) => build(child, act)));
  return element;
}

function link(element, address) {
  if (!/^https?:\/\//.test(address)) return; // never javascript: or data:
  element.href = address;
  element.target = "_blank";
  element.rel = "noopener noreferrer";
}

function symbol({ d, colour }) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  path.setAttribute("fill-rule", "evenodd");
  path.style.fill = colour;
  svg.append(path);
  return svg;
}

/** Build a part of the page, in the place of what it was. */
export function show({ parentElement, setTriggerValue }, nodes) {
  let root = parentElement.querySelector(".laydown");
  if (!root) {
    root = document.createElement("div");
    root.className = "laydown";
    parentElement.append(root);
    parentElement.getRootNode().adoptedStyleSheets = [sheet];
  }
  // The elements are new, so whoever had the focus gets it back by what it does.
  const held = root.getRootNode().activeElement?.dataset?.act;
  const act = (value) => {
    // The map's frame hears it too, and need not wait for Python (map/assets/bridge.js).
    window.dispatchEvent(new CustomEvent("laydown:act", { detail: value }));
    setTriggerValue("act", value);
  };
  root.replaceChildren(...nodes.map((node) => build(node, act)));
  if (held) [...root.querySelectorAll("[data-act]")].find((one) => one.dataset.act === held)?.focus();
}
