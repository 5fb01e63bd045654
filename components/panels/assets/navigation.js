/**
 * To another window without a run of Streamlit's script: the address is written here, and the page's parts and the map are
 * shown what /panel/page.json answers of it (panels/page.py). Python hears of the window with the next press, and by a run
 * wherever this cannot be done: while a run goes on, and where the open panel is a widget of Streamlit's own.
 */

import { iso } from "../../map/assets/time/days.js";
import { fill, left, restore, saidOf } from "./parts.js";

/**
 * @typedef {object} PageDocument panels/page.py's page()
 * @property {string} link
 * @property {string} title
 * @property {string} description
 * @property {import("../../map/assets/view_state.js").Command} command
 * @property {Record<string, import("./parts.js").PartDocument>} parts
 *
 * @typedef {{start: number, end: number, box?: number[] | null}} Window by its day numbers; and what of the map is in view,
 *   null for all of it, undefined for as it was
 */

/** The part whose data has the link that Python has shown last, and the stamp of its documents. */
const LINKED = "dates";
/** Milliseconds after Back or Forward within which Streamlit has begun its run, or is not seen to. */
const UNSEEN_AFTER = 1000;
/** The link that was written into the address here, as long as Python has not shown it. @type {string | null} */
let written = null;
/** Whether Python has not been told of the window yet. */
let ahead = false;
/** The number of the last document that was asked for. */
let turn = 0;

const app = () => /** @type {HTMLElement | null} */ (document.querySelector(".stApp"));
/** Whether Streamlit's script runs, or is about to: it shows what it was asked, and all of it. */
const running = () => app()?.dataset.testScriptState !== "notRunning";

/**
 * Go to another window, one step in the history; return whether that is done here. While it is played, it is no step, nor
 * is where the map is moved and the lists only follow it.
 * @param {Window} window
 * @param {boolean} [playing]
 * @param {boolean} [following]
 */
export function go({ start, end, box }, playing = false, following = false) {
  const link = written ?? saidOf(LINKED)?.link;
  if (typeof link !== "string") return false;
  if (running()) return playing; // the next window comes soon
  const query = new URLSearchParams(link);
  query.set("from", iso(start));
  query.set("to", iso(end));
  if (box) query.set("box", box.join(","));
  else if (box === null) query.delete("box");
  if (!playing) write(String(query), following ? history.replaceState : history.pushState);
  void ask(query, playing);
  return true;
}

/** Whether Python has to take the window over from the address; it is told so once. */
export function tellAhead() {
  const told = ahead;
  ahead = false;
  return told;
}

/**
 * @param {URLSearchParams} query
 * @param {boolean} playing
 */
async function ask(query, playing) {
  turn += 1;
  const own = turn;
  ahead ||= !playing;
  left();
  query.sort(); // one address for one link, so that caches know it
  query.set("stamp", saidOf(LINKED)?.stamp);
  busy(true);
  try {
    const answer = await fetch(new URL(`panel/page.json?${query}`, document.baseURI));
    if (!answer.ok) throw new Error(`${answer.status} for the page's documents`);
    const page = /** @type {PageDocument} */ (await answer.json());
    if (own !== turn || running()) return; // something newer is shown, or is about to be
    show(page, playing);
  } catch (error) {
    if (own !== turn || playing) return;
    console.warn("laydown: shown by a run:", error);
    dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
  } finally {
    if (own === turn) busy(false);
  }
}

/** Say of the panel that it is about to be another. @param {boolean} on */
function busy(on) {
  document.querySelector(".st-key-panel")?.setAttribute("aria-busy", String(on));
}

/** @param {PageDocument} page @param {boolean} playing */
function show({ link, title, description, command, parts }, playing) {
  if (!playing) write(link, history.replaceState);
  document.title = title;
  document.querySelector("meta[name=description]")?.setAttribute("content", description);
  fill(parts);
  dispatchEvent(new CustomEvent("laydown:command", { detail: command }));
}

/** Where the map looks is the browser's alone: it stays in the address. */
const CAMERA = /[?&](map=[^&]*)/;

/** Write a link into the address. @param {string} link @param {History["pushState"]} how */
function write(link, how) {
  written = link;
  const query = [link, CAMERA.exec(location.search)?.[1]].filter(Boolean).join("&");
  const address = location.pathname + (query && `?${query}`);
  if (address === location.pathname + location.search) return;
  how.call(history, history.state, "", address);
  dispatchEvent(new CustomEvent("laydown:link")); // for whoever frames the page (mount.js)
}

/** The link in the address, as write() writes it. */
function addressed() {
  return location.search.replace(CAMERA, "").replace(/^[?&]/, "");
}

/** A run is over: what it says is shown, unless it did not know of the window. */
function settle() {
  const said = saidOf(LINKED);
  if (written !== null && written !== said?.link && written === addressed()) {
    void ask(new URLSearchParams(written), false);
    return;
  }
  written = null;
  ahead = false;
  restore();
  // The map's frame hears of a command only where it is another than the last.
  if (said) dispatchEvent(new CustomEvent("laydown:ran", { detail: said.days }));
  busy(false);
}

/** A run has begun or is over, or what it says has come. */
function heard() {
  turn += 1; // a document that was asked for before a run comes too late
  busy(true);
  if (running()) return;
  const ended = turn;
  // Its parts are mounted by then.
  requestAnimationFrame(() => requestAnimationFrame(() => ended === turn && settle()));
}

const states = new MutationObserver(heard);
states.observe(/** @type {HTMLElement} */ (app()), { attributeFilter: ["data-test-script-state"] });
// A run that begins and ends between two paints is not seen there, but by what it says.
window.addEventListener("laydown:said", (event) => {
  if (/** @type {CustomEvent<string>} */ (event).detail === LINKED) heard();
});

// Back and Forward: Streamlit runs its script with the address that they lead to. What was asked for before is not shown any
// more, though it may come before that run begins. A run may also begin and end between two paints, where nobody sees it:
// then the documents of the address are asked for.
window.addEventListener("popstate", (event) => {
  turn += 1;
  written = null;
  busy(false);
  const own = turn;
  if (!event.isTrusted) return; // ask() has failed, and asked for a run
  setTimeout(() => own === turn && !running() && void ask(new URLSearchParams(addressed()), false), UNSEEN_AFTER);
});

// A window that the map's frame has let go of, or plays, or another part of the map (map/assets/bridge.js).
window.addEventListener("laydown:move", (event) => {
  const moved = /** @type {CustomEvent<Window & {playing: boolean, following: boolean}>} */ (event).detail;
  if (go(moved, moved.playing, moved.following)) event.preventDefault();
});
