/**
 * The sheet of a small screen, as of people's map apps: it lies over the map's lower edge as a peek, over half the map or
 * over all of it, is dragged by its handle or by what is in it, and stepped by keys. The timeline, which is part of the map's
 * frame, lies on its upper edge and goes with it. On a low and wide screen it stands at the right, where it is shut or open.
 *
 * page.css says how high each state is, and shows it by <html data-sheet>; Streamlit's runs leave both as they are.
 */

import { show as build } from "../../panels/assets/mount.js";

const STATES = ["peek", "half", "full"];
/** What a screen reader is told of each, and what a press does there. @type {Record<string, string>} */
const LABELS = {
  peek: "Panel: folded. Press to enlarge",
  half: "Panel: half open. Press to enlarge",
  full: "Panel: full. Press to fold",
};
/** As in page.css. */
const SMALL = matchMedia("screen and (max-width: 1000px)");
const LOW = matchMedia("screen and (max-width: 1000px) and (max-height: 500px) and (min-aspect-ratio: 5/4)");
/** How far, in pixels, a finger goes before it is known what it wants; how fast, in pixels a millisecond, it flicks. */
const SLOP = 6;
const FLICK = 0.35;
const COLUMN = ".stColumn:has(.st-key-panel)";
/** What scrolls or is dragged by itself. */
const OWN_DRAG = '[data-testid="stDataFrame"], canvas, input, textarea';

/** Whether the screen is one that has a sheet. */
export function small() {
  return SMALL.matches;
}

const page = document.documentElement;
let state = "peek";
/** The handle's button, another one after each run. @type {() => HTMLButtonElement | null} */
let handle = () => null;

/**
 * Streamlit calls this at each run.
 * @param {import("../../panels/assets/mount.js").Component} component
 * @param {Parameters<typeof build>[1]} nodes
 */
export function show(component, nodes) {
  const focused = handle()?.matches(":focus");
  build(component, nodes);
  handle = () => component.parentElement.querySelector(".handle");
  const button = handle();
  if (!button) return;
  if (focused) button.focus();
  button.addEventListener("click", () => become(STATES[(STATES.indexOf(state) + 1) % (LOW.matches ? 2 : 3)]));
  button.addEventListener("keydown", (event) => {
    const to = stepped(event.key);
    if (!to) return;
    event.preventDefault();
    become(to);
  });
  button.addEventListener("pointerdown", (event) => grab(button, event));
  const column = document.querySelector(COLUMN);
  if (column) sizes.observe(column);
  say();
}

/** A card that comes into the folded sheet raises it a little. */
const sizes = new ResizeObserver(tell);

/** The state that a key leads to. @param {string} key @returns {string | undefined} */
function stepped(key) {
  const now = STATES.indexOf(state);
  if (key === "ArrowUp" || key === "ArrowLeft") return STATES[Math.min(now + 1, 2)];
  if (key === "ArrowDown" || key === "ArrowRight") return STATES[Math.max(now - 1, 0)];
  if (key === "Home") return "full";
  if (key === "End") return "peek";
  return undefined;
}

/** Show another state. @param {string} next */
function become(next) {
  state = next;
  delete page.dataset.dragged;
  page.style.removeProperty("--sheet");
  page.dataset.sheet = state;
  say();
  tell();
}

/** Say which state it is in, on the handle. */
function say() {
  const button = handle();
  button?.setAttribute("aria-label", LABELS[state]);
  button?.setAttribute("aria-expanded", String(state !== "peek"));
}

/** A length of page.css in pixels. @param {string} length */
function pixels(length) {
  const probe = document.createElement("div");
  probe.style.cssText = `position: fixed; visibility: hidden; width: 0; height: ${length}`;
  document.body.append(probe);
  const { height } = probe.getBoundingClientRect();
  probe.remove();
  return height;
}

/** Tell the map's frame where its timeline lies now (map/assets/bridge.js). */
function tell() {
  window.dispatchEvent(new CustomEvent("laydown:sheet"));
}

/** How high it is in each state, in pixels. */
const heights = () => ["--folded", "--half", "--full"].map((name) => pixels(`var(${name})`));

/** Begin to drag it. @returns {{to: (by: number) => void, drop: (speed: number) => void}} what follows the hand, and lets go */
function drag() {
  const stops = heights();
  const from = stops[STATES.indexOf(state)];
  let height = from;
  page.dataset.dragged = "";
  return {
    to: (by) => {
      height = Math.min(stops[2], Math.max(stops[0], from + by));
      page.style.setProperty("--sheet", `${height}px`);
      tell();
    },
    drop: (speed) => {
      const near = stops.reduce(
        (best, stop, at) => (Math.abs(stop - height) < Math.abs(stops[best] - height) ? at : best),
        0,
      );
      const above = stops.findIndex((stop) => stop > height + 1);
      const below = stops.findLastIndex((stop) => stop < height - 1);
      const to = speed > FLICK ? (above < 0 ? 2 : above) : speed < -FLICK ? Math.max(below, 0) : near;
      become(STATES[to]);
    },
  };
}

/** What a hand has done: how far it went, upwards or to the left, and how fast it was at the end. */
class Stroke {
  /** @param {number} at @param {number} time */
  constructor(at, time) {
    this.from = at;
    this.at = at;
    this.time = time;
    this.speed = 0;
  }

  /** @param {number} at @param {number} time */
  move(at, time) {
    if (time > this.time) this.speed = 0.6 * ((this.at - at) / (time - this.time)) + 0.4 * this.speed;
    this.at = at;
    this.time = time;
    return this.from - at;
  }
}

/** The hand is on the handle. @param {HTMLElement} button @param {PointerEvent} event */
function grab(button, event) {
  if (event.button) return;
  const place = (/** @type {PointerEvent} */ { clientX, clientY }) => (LOW.matches ? clientX : clientY);
  const stroke = new Stroke(place(event), event.timeStamp);
  /** @type {ReturnType<typeof drag> | null} */
  let dragged = null;
  const move = (/** @type {PointerEvent} */ now) => {
    const by = stroke.move(place(now), now.timeStamp);
    if (Math.abs(by) > SLOP) dragged ??= drag();
    dragged?.to(by);
  };
  button.setPointerCapture(event.pointerId);
  button.addEventListener("pointermove", move);
  const end = () => {
    button.removeEventListener("pointermove", move);
    button.removeEventListener("pointerup", end);
    button.removeEventListener("pointercancel", end);
    if (!dragged) return;
    dragged.drop(stroke.speed);
    // The press that ends a drag is no tap.
    addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", stop, { capture: true }));
  };
  button.addEventListener("pointerup", end);
  button.addEventListener("pointercancel", end);
}

/** @param {Event} event */
function stop(event) {
  event.stopPropagation();
  event.preventDefault();
}

/** Let a finger in the sheet draw it up, as long as it can go up, and down where what is in it is at its top. */
function followFingers() {
  /** @type {{stroke: Stroke, x: number, dragged: ReturnType<typeof drag> | null} | null} */
  let finger = null;
  document.addEventListener("touchstart", (event) => {
    finger = null;
    const path = /** @type {Element[]} */ (event.composedPath().filter((one) => one instanceof Element));
    if (!SMALL.matches || LOW.matches || event.touches.length > 1) return;
    if (!path.some((one) => one.matches(COLUMN)) || path.some((one) => one.matches(OWN_DRAG))) return;
    if (path.some((one) => one.matches(".handle, .st-key-method"))) return;
    const [{ clientX, clientY }] = event.touches;
    finger = { stroke: new Stroke(clientY, event.timeStamp), x: clientX, dragged: null };
  });
  document.addEventListener(
    "touchmove",
    (event) => {
      if (!finger) return;
      const { clientX, clientY } = event.touches[0];
      const { stroke } = finger;
      const by = stroke.from - clientY;
      if (!finger.dragged) {
        const aside = Math.abs(clientX - finger.x);
        if (Math.max(aside, Math.abs(by)) < SLOP) return;
        const panel = document.querySelector(".st-key-panel");
        const takes = by > 0 ? state !== "full" : state !== "peek" && (panel?.scrollTop ?? 0) <= 0;
        if (aside > Math.abs(by) || !takes || !event.cancelable) {
          finger = null; // it scrolls what is in the sheet
          return;
        }
        finger.dragged = drag();
      }
      event.preventDefault();
      finger.dragged.to(stroke.move(clientY, event.timeStamp));
    },
    { passive: false },
  );
  const end = () => {
    finger?.dragged?.drop(finger.stroke.speed);
    finger = null;
  };
  document.addEventListener("touchend", end);
  document.addEventListener("touchcancel", end);
}

/** What is chosen in the open sheet is seen on the map beside its card; what gets the focus in the folded one is seen whole. */
function followVisitor() {
  window.addEventListener("laydown:act", (event) => {
    const [verb] = /** @type {CustomEvent<string[]>} */ (event).detail;
    if (SMALL.matches && verb === "select" && state === "full") become("half");
  });
  document.addEventListener("focusin", (event) => {
    if (!SMALL.matches || state !== "peek") return;
    const [target] = /** @type {Element[]} */ (event.composedPath());
    const inside = event.composedPath().some((one) => one instanceof Element && one.matches(".st-key-panel"));
    if (inside && target.matches(":focus-visible") && !target.closest(".st-key-tab")) become("half");
  });
}

followFingers();
followVisitor();
for (const query of [SMALL, LOW]) query.addEventListener("change", () => become("peek"));
addEventListener("resize", tell);
