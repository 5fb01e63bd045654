// Builds elements from plain data: markup.py's Node. Only what is listed here exists; text is only ever text.

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
  "p",
  "section",
  "span",
  "strong",
  "summary",
  "time",
  "ul",
]);
const ATTRIBUTES = new Set([
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
  "required",
  "role",
  "title",
  "type",
]);
const SVG = "http://www.w3.org/2000/svg";

/** One style sheet for all parts of the page, each of which is a shadow root. */
const sheet = new CSSStyleSheet();
const styles = await fetch(new URL("elements.css", import.meta.url));
sheet.replaceSync(styles.ok ? await styles.text() : "");

function build(node, act) {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, ...children] = node;
  if (tag === "symbol") return symbol(attributes);
  if (!TAGS.has(tag)) throw new Error(`elements.js knows no <${tag}>`);
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "act") {
      element.dataset.act = JSON.stringify(value);
      element.addEventListener("click", () => element.getAttribute("aria-disabled") === "true" || act(value));
      if (value[0] === "explain" && value[1]) element.addEventListener("click", () => (opener = element));
    } else if (name === "span") place(element, value);
    else if (name === "colour") element.style.setProperty("--colour", value);
    else if (name === "href") link(element, value);
    else if (name === "begin") element.dataset.begin = value;
    else if (name === "enter") element.addEventListener("click", remember);
    else if (name === "leave") element.addEventListener("click", () => leave(act));
    else if (name === "copy") element.addEventListener("click", () => copy(element, value));
    else if (name === "describe") describe(value);
    else if (name === "say") element.addEventListener("click", () => say(element, value));
    else if (ATTRIBUTES.has(name)) element.setAttribute(name, value);
    else throw new Error(`elements.js knows no attribute ${name}`);
  }
  if (tag === "button") element.type = "button";
  element.append(...children.map((child) => build(child, act)));
  if (attributes.leave && before() !== null) element.textContent = attributes.leave;
  return element;
}

/** What was pressed to open the folder's method over the panel: it gets the focus back when that is closed. */
let opener = null;

/** Under which this tab keeps the address from which its reader entered a briefing. */
const BEFORE = "laydown:before";

/** That address's query, or null: a link to a step has none before it. */
function before() {
  try {
    return sessionStorage.getItem(BEFORE);
  } catch {
    return null; // no storage is allowed here
  }
}

/** Keep the address as it is now; from one briefing to another it stays the one before them. */
function remember() {
  if (new URLSearchParams(location.search).has("step")) return;
  try {
    sessionStorage.setItem(BEFORE, location.search);
  } catch (error) {
    console.warn("laydown: the way back is not kept:", error);
  }
}

/** Go back to where the reader was before the briefing, or else to the opening view. */
function leave(act) {
  act(["leave", before() ?? ""]);
  try {
    sessionStorage.removeItem(BEFORE);
  } catch {
    // nothing is kept
  }
}

/** Say where an element lies along its parent, from and to in percent, such as "12.5 40". */
function place(element, span) {
  const [from, to] = span.split(" ").map(Number);
  element.style.setProperty("--from", `${from}%`);
  element.style.setProperty("--to", `${to}%`);
}

/** Say what the page shows to whoever reads its head (web/page_head.py says it first). */
function describe(text) {
  document.querySelector("meta[name=description]")?.setAttribute("content", text);
}

/** Copy what this server answers about the view to the clipboard; where there is none, show it. */
async function copy(button, name) {
  const address = new URL(`${name}${location.search}`, document.baseURI);
  const text = fetch(address).then((response) => {
    if (!response.ok) throw new Error(`${response.status} for ${address.pathname}`);
    return response.blob();
  });
  await offer(button, text, () => open(address, "_blank", "noopener"));
}

/** Copy a text to the clipboard; where there is none, it stands beside the button to be marked by hand. */
async function say(button, text) {
  await offer(button, Promise.resolve(new Blob([text])), () => {});
}

async function offer(button, text, otherwise) {
  const label = button.textContent;
  try {
    // The text may arrive after the press has been forgotten, so the clipboard is given its promise.
    const item = new ClipboardItem({ "text/plain": text.then((blob) => new Blob([blob], { type: "text/plain" })) });
    await navigator.clipboard.write([item]);
    button.textContent = "Copied";
  } catch (error) {
    console.warn("laydown: not copied:", error);
    otherwise();
  }
  setTimeout(() => (button.textContent = label), 2000);
}

function link(element, address) {
  if (!/^https?:\/\//.test(address)) return; // never javascript: or data:
  element.href = address;
  element.target = "_blank";
  element.rel = "noopener noreferrer";
}

/** Press the button whose shortcut is typed, wherever in its part of the page the focus is. */
function shortcut(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
  const button = event.currentTarget.querySelector(`[aria-keyshortcuts="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault(); // an arrow would scroll as well
  button.focus();
  button.click();
}

function symbol({ d, colour, box = "16" }) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${box} ${box}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  path.setAttribute("fill-rule", "evenodd");
  path.style.fill = colour;
  svg.append(path);
  return svg;
}

/** Tell the map's frame of a press, which need not wait for Python (map/assets/bridge.js), and Python: ui/markup.py's Press. */
export function tell(setTriggerValue, value) {
  window.dispatchEvent(new CustomEvent("laydown:act", { detail: value }));
  // Streamlit does not hear of what the map writes into the address, so each press brings it along.
  setTriggerValue("act", [...value, location.href]);
}

/**
 * A page that frames this one keeps its own address: it is told of the map's camera as Streamlit tells it of the rest, its
 * origin being anyone's. From here and not from the map's frame, as such a page may know us by our window.
 */
window.addEventListener("laydown:link", () => {
  const told = { stCommVersion: 1, type: "SET_QUERY_PARAM", queryParams: location.search };
  if (window.parent !== window) window.parent.postMessage(told, "*");
});

/**
 * A session that takes the place of a lost one, after a restart or a long sleep, has never run, and its first run hears of no
 * press. So it runs as soon as it is there, at the page's address, as after a step through the history; then the map says again
 * what was pressed meanwhile (map/assets/bridge.js). Of a session that was kept it is one run more.
 */
function runOnReturn(app) {
  let stage = "here"; // then "away", "asked" and "running"
  new MutationObserver(() => {
    const { testConnectionState: connection, testScriptState: script } = app.dataset;
    if (connection !== "CONNECTED") stage = "away";
    else if (stage === "away") {
      stage = "asked";
      window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
    } else if (stage === "asked" && script === "running") stage = "running";
    else if (stage === "running" && script === "notRunning") {
      stage = "here";
      window.dispatchEvent(new CustomEvent("laydown:return"));
    }
  }).observe(app, { attributeFilter: ["data-test-connection-state", "data-test-script-state"] });
}
runOnReturn(document.querySelector(".stApp"));

/** A dialog that closes gives the focus back to what it saw having it: from outside a part of the page is its host alone. */
function passFocusOn(root, host) {
  let last = null;
  root.addEventListener("focusin", ({ target }) => (last = target));
  host.tabIndex = -1;
  host.focus = (options) => last?.focus(options);
}

/** How far below the top of what scrolls the beginning of something new is shown: the tabs stand above it. */
const ABOVE = 72;

/** The same of the method, whose head stays in sight. */
const BELOW_HEAD = 56;

/** Show the beginning of what is new in a part of the page, where the reader has gone on to it. */
function begin(root) {
  const element = root.querySelector("[data-begin]");
  const begun = root.begun;
  root.begun = element?.dataset.begin;
  if (!element || root.begun === begun) return;
  const over = root.getRootNode().host?.closest(".st-key-method");
  if (over) return open(over, element, begun === undefined);
  if (!navigator.userActivation.hasBeenActive) return;
  const panel = root.getRootNode().host?.closest(".st-key-panel");
  if (!panel) return;
  const { top } = element.getBoundingClientRect();
  if (panel.scrollHeight > panel.clientHeight) panel.scrollTop += top - panel.getBoundingClientRect().top - ABOVE;
  else if (top < 0) element.scrollIntoView(); // on a phone the page scrolls: up to it, but never down, off the map
}

/** Show the method over the panel at a heading, and go into it where a press has just opened it. */
function open(over, element, first) {
  over.scrollTop += element.getBoundingClientRect().top - over.getBoundingClientRect().top - BELOW_HEAD;
  if (first && opener) element.closest(".method").querySelector("button").focus({ preventScroll: true });
}

/** A part of the page has gone, or is about to be built anew: after the method the reader is back where it was opened. */
export function gone({ parentElement }) {
  const root = parentElement.querySelector(".laydown");
  if (!root?.querySelector(".method")) return;
  requestAnimationFrame(() => {
    if (root.isConnected) return;
    opener?.focus({ preventScroll: true });
    opener = null;
  });
}

/** Build a part of the page, in the place of what it was. */
export function show({ parentElement, setTriggerValue }, nodes) {
  let root = parentElement.querySelector(".laydown");
  if (!root) {
    root = document.createElement("div");
    root.className = "laydown";
    root.addEventListener("keydown", shortcut);
    parentElement.append(root);
    passFocusOn(root, parentElement.getRootNode().host);
    parentElement.getRootNode().adoptedStyleSheets = [sheet];
  }
  // The elements are new, so whoever had the focus gets it back by what it does.
  const held = root.getRootNode().activeElement?.dataset?.act;
  const act = (value) => tell(setTriggerValue, value);
  root.replaceChildren(...nodes.map((node) => build(node, act)));
  if (held) {
    const acts = [...root.querySelectorAll("[data-act]")];
    (acts.find((one) => one.dataset.act === held) ?? acts[0])?.focus({ preventScroll: true });
  }
  begin(root);
}
