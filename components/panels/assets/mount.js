/** Puts elements into a part of Laydown's page, as Streamlit's component, and tells Python of each press: ui/mount.py. */

import { behaviours } from "./behaviours.js";
import { stepInDialog } from "./dialogs.js";
import { build } from "./elements.js";
import { light } from "./lights.js";
import { go, tellAhead } from "./navigation.js";

/** The style sheets of static.py's SHEETS as one, shared by all parts of the page, each of which is a shadow root. */
const sheet = await loaded(new URL("bundle.css", import.meta.url));

/**
 * What Streamlit gives a part of the page; `data` is what ui/mount.py's render() sends.
 * @typedef {object} Component
 * @property {HTMLElement | ShadowRoot} parentElement
 * @property {Record<string, any> & {key?: string, nodes: MarkupNode[]}} data
 * @property {SetTriggerValue} setTriggerValue
 *
 * @typedef {(name: string, value: unknown) => void} SetTriggerValue
 * @typedef {import("./elements.js").MarkupNode} MarkupNode
 */

/** @param {URL} address @returns {Promise<CSSStyleSheet>} an empty one where it cannot be loaded */
async function loaded(address) {
  const sheet = new CSSStyleSheet();
  const answer = await fetch(address);
  sheet.replaceSync(answer.ok ? await answer.text() : "");
  return sheet;
}

/**
 * What was pressed to open the folder's method over the panel: it gets the focus back when that is closed.
 * @type {HTMLElement | null}
 */
let opener = null;

/**
 * Tell the map's frame of a press, which need not wait for Python (map/assets/bridge.js), and Python: ui/mount.py's Press.
 * Of another window Python need not hear, nor of what the frame reports itself.
 * @param {SetTriggerValue} setTriggerValue
 * @param {string[]} value the verb and its object
 */
export function tell(setTriggerValue, value) {
  if (!window.dispatchEvent(new CustomEvent("laydown:act", { detail: value, cancelable: true }))) return;
  const [verb, object] = value;
  const [start, end] = object.split("/").map(Number);
  if (verb === "window" && go({ start, end })) return;
  // Streamlit does not hear of what is written into the address here, so each press brings it along.
  setTriggerValue("act", [...value, location.href, tellAhead() ? "ahead" : ""]);
}

/**
 * Build a part of the page, in the place of what it was.
 * @param {Component} component
 * @param {MarkupNode[]} nodes
 */
export function show({ parentElement, setTriggerValue }, nodes) {
  const shadow = /** @type {ShadowRoot} */ (parentElement.getRootNode());
  const root = rootIn(parentElement, shadow);
  // The elements are new, so whoever had the focus gets it back by what it does.
  const focused = /** @type {HTMLElement | null} */ (shadow.activeElement)?.dataset.act;
  /** @param {string[]} value */
  const act = (value) => tell(setTriggerValue, value);
  const host = {
    /** @param {string[]} value @param {HTMLElement} element */
    act: (value, element) => {
      if (value[0] === "explain" && value[1]) opener = element;
      act(value);
    },
    behaviours: behaviours(act),
  };
  const folds = foldsOf(root).map((fold) => ({
    name: fold.dataset.keep,
    open: fold.open,
    text: field(fold)?.value ?? "",
  }));
  root.replaceChildren(...nodes.map((node) => build(node, host)));
  for (const fold of foldsOf(root)) {
    const before = folds.find(({ name }) => name === fold.dataset.keep);
    if (before) keep(fold, before);
  }
  shadow.host.closest(".stElementContainer")?.toggleAttribute("data-filled", nodes.length > 0);
  if (focused) {
    const acts = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-act]")]);
    (acts.find((one) => one.dataset.act === focused) ?? acts[0])?.focus({ preventScroll: true });
  }
  begin(root, shadow.host);
}

/** @param {HTMLElement} root @returns {HTMLDetailsElement[]} the folds that stay as they are */
function foldsOf(root) {
  return [...root.querySelectorAll("details")].filter(({ dataset }) => dataset.keep);
}

/** @param {HTMLElement} fold */
const field = (fold) => fold.querySelector("input");

/** Have a fold as it was, with what was typed in it. @param {HTMLDetailsElement} fold @param {{open: boolean, text: string}} before */
function keep(fold, { open, text }) {
  fold.open = open;
  const input = field(fold);
  if (!input || !text) return;
  input.value = text;
  input.dispatchEvent(new Event("input"));
}

/** @param {HTMLElement | ShadowRoot} parentElement @param {ShadowRoot} shadow @returns {HTMLElement} */
function rootIn(parentElement, shadow) {
  const there = parentElement.querySelector(".laydown");
  if (there instanceof HTMLElement) return there;
  const root = document.createElement("div");
  root.className = "laydown";
  root.addEventListener("keydown", (event) => shortcut(root, event));
  light(root);
  parentElement.append(root);
  passFocusOn(root, /** @type {HTMLElement} */ (shadow.host));
  shadow.adoptedStyleSheets = [sheet];
  return root;
}

/**
 * A part of the page has gone, or is about to be built anew: after the method the reader is back where it was opened.
 * @param {Component} component
 */
export function gone({ parentElement }) {
  const root = parentElement.querySelector(".laydown");
  if (!root?.querySelector(".method")) return;
  requestAnimationFrame(() => {
    if (root.isConnected) return;
    opener?.focus({ preventScroll: true });
    opener = null;
  });
}

/**
 * Press the button whose shortcut is typed, wherever in its part of the page the focus is.
 * @param {HTMLElement} root
 * @param {KeyboardEvent} event
 */
function shortcut(root, event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
  const button = root.querySelector(`[aria-keyshortcuts="${CSS.escape(event.key)}"]`);
  if (!(button instanceof HTMLElement)) return;
  event.preventDefault(); // an arrow would scroll as well
  button.focus();
  button.click();
}

/**
 * A dialog that closes gives the focus back to what it saw having it: from outside a part of the page is its host alone.
 * @param {HTMLElement} root
 * @param {HTMLElement} host
 */
function passFocusOn(root, host) {
  /** @type {EventTarget | null} */
  let last = null;
  root.addEventListener("focusin", ({ target }) => {
    last = target;
  });
  host.focus = (options) => {
    if (last instanceof HTMLElement) last.focus(options);
  };
}

/** How far below the top of what scrolls the beginning of something new is shown: the tabs stand above it. */
const ABOVE = 72;

/** The same of the method, whose head stays in sight. */
const BELOW_HEAD = 56;

/**
 * What each part of the page begins with: its element's `begin`.
 * @type {WeakMap<HTMLElement, string | undefined>}
 */
const beginnings = new WeakMap();

/**
 * Show the beginning of what is new in a part of the page, where the reader has gone on to it.
 * @param {HTMLElement} root
 * @param {Element} host
 */
function begin(root, host) {
  const element = root.querySelector("[data-begin]");
  const before = beginnings.get(root);
  const now = element instanceof HTMLElement ? element.dataset.begin : undefined;
  beginnings.set(root, now);
  if (!element || now === before) return;
  const over = host.closest(".st-key-method");
  if (over) return open(over, element, before === undefined);
  if (!navigator.userActivation.hasBeenActive) return;
  const panel = host.closest(".st-key-panel");
  if (!panel) return;
  const { top } = element.getBoundingClientRect();
  if (panel.scrollHeight > panel.clientHeight) panel.scrollTop += top - panel.getBoundingClientRect().top - ABOVE;
  else if (top < 0) element.scrollIntoView(); // on a phone the page scrolls: up to it, but never down, off the map
  takeFocus(/** @type {HTMLElement} */ (element), host, panel);
}

/**
 * Go on with the keyboard from what is new, where what was pressed lies elsewhere in the panel, or is gone with its focus.
 * Who is on the map, or in what is new already, stays there.
 * @param {HTMLElement} element
 * @param {Element} host
 * @param {Element} panel
 */
function takeFocus(element, host, panel) {
  const active = document.activeElement;
  if (active !== document.body && (active === host || !panel.contains(active))) return;
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/**
 * Show the method over the panel at a heading, and go into it where a press has just opened it.
 * @param {Element} over
 * @param {Element} element
 * @param {boolean} first
 */
function open(over, element, first) {
  over.scrollTop += element.getBoundingClientRect().top - over.getBoundingClientRect().top - BELOW_HEAD;
  if (first && opener) element.closest(".method")?.querySelector("button")?.focus({ preventScroll: true });
}

window.addEventListener("keydown", stepInDialog, true); // before Streamlit's own hears of it

/**
 * A page that frames this one keeps its own address: it is told of the map's camera as Streamlit tells it of the rest, its
 * origin being anyone's. From here and not from the map's frame, as such a page may know us by our window.
 */
window.addEventListener("laydown:link", () => {
  const message = { stCommVersion: 1, type: "SET_QUERY_PARAM", queryParams: location.search };
  if (window.parent !== window) window.parent.postMessage(message, "*");
});

/** How long a run that was asked for may stay unseen: Streamlit may not have heard, or it was over before it could be seen. */
const UNSEEN_MS = 1000;

/**
 * A session that takes the place of a lost one, after a restart or a long sleep, has never run, and its first run hears of no
 * press. So it runs as soon as it is there, at the page's address, as after a step through the history; then the map says again
 * what was pressed meanwhile (map/assets/bridge.js). Of a session that was kept it is one run more.
 * @param {HTMLElement} app
 */
function runOnReturn(app) {
  let stage = "here"; // then "away", "asked" and "running"
  /** @type {number | undefined} */
  let asking;
  const ask = () => window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
  new MutationObserver(() => {
    const { testConnectionState: connection, testScriptState: script } = app.dataset;
    if (connection !== "CONNECTED") stage = "away";
    else if (stage === "away") {
      stage = "asked";
      ask();
      clearInterval(asking);
      asking = setInterval(() => (stage === "asked" ? ask() : clearInterval(asking)), UNSEEN_MS);
    } else if (stage === "asked" && script === "running") stage = "running";
    else if (stage === "running" && script === "notRunning") {
      stage = "here";
      window.dispatchEvent(new CustomEvent("laydown:return"));
    }
  }).observe(app, { attributeFilter: ["data-test-connection-state", "data-test-script-state"] });
}
runOnReturn(/** @type {HTMLElement} */ (document.querySelector(".stApp")));
