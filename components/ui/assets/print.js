/** On paper: all sources unfolded, the map at the width of the paper, and over it what it is and its link. */

import { mapWindow } from "./skip.js";

/** The width of A4 or Letter without margins, in pixels of CSS. */
const PAPER = 700;

/** What is folded away in a part of the page, in shadow roots too. @param {ParentNode} root @returns {HTMLDetailsElement[]} */
function folded(root) {
  return [...root.querySelectorAll("*")].flatMap((one) => {
    if (one.shadowRoot) return folded(one.shadowRoot);
    return one instanceof HTMLDetailsElement && !one.open ? [one] : [];
  });
}

/** A link with its window, which is left out where it is the one that the page opens with: another one later. @param {string} link */
function lasting(link) {
  const address = new URL(link);
  const state = /** @type {{window?: Record<"from" | "to", string>}} */ (mapWindow()?.laydown.state() ?? {});
  for (const [key, day] of Object.entries(state.window ?? {}))
    if (!address.searchParams.has(key)) address.searchParams.set(key, day);
  return address.href;
}

/** Make the page ready for paper whenever it is printed, and as it was after. */
export function followPrinting() {
  const head = document.createElement("header");
  head.className = "paper";
  const [title, link] = [document.createElement("h1"), document.createElement("p")];
  head.append(title, link);
  document.body.prepend(head);
  /** @type {HTMLDetailsElement[]} */
  let unfolded = [];
  const begin = () => {
    if (unfolded.length) return; // both of the events below come where it is printed
    title.textContent = document.title.replace(/ · Laydown$/, "");
    link.textContent = lasting(location.href);
    unfolded = folded(document.querySelector(".st-key-panel") ?? document.body);
    for (const one of unfolded) one.open = true;
    const frame = document.querySelector("iframe");
    if (!frame) return;
    // The map is drawn for the screen's size: on paper it is scaled, not drawn anew.
    const { clientWidth: width, clientHeight: height } = frame;
    const style = document.documentElement.style;
    style.setProperty("--map-width", `${width}px`);
    style.setProperty("--map-height", `${height}px`);
    style.setProperty("--map-zoom", String(Math.min(1, PAPER / width)));
  };
  const end = () => {
    for (const one of unfolded) one.open = false;
    unfolded = [];
  };
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
}
