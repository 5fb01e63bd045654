/**
 * The bar above the map: its buttons press Streamlit's own, which unfolds the sidebar but has no name to go by. On a small
 * screen the sidebar is a drawer over the map, and begins shut.
 */

import { show as build } from "../../panels/assets/mount.js";
import { small } from "./sheet.js";

const UNFOLD = '[data-testid="stExpandSidebarButton"]';
const FOLD = '[data-testid="stSidebarCollapseButton"] button';

/** Whether the drawer has been shut once: Streamlit begins with it open where it thinks that there is room. */
let begun = false;

/**
 * Streamlit calls this at each run.
 * @param {import("../../panels/assets/mount.js").Component} component
 * @param {Parameters<typeof build>[1]} nodes
 */
export function show(component, nodes) {
  build(component, nodes);
  for (const [name, goal] of [
    ["unfold", ""],
    ["find", ".st-key-search"],
  ]) {
    /** @returns {HTMLButtonElement | null} */
    const button = () => component.parentElement.querySelector(`.${name}`);
    button()?.addEventListener("click", () => {
      /** @type {HTMLElement | null} */ (document.querySelector(UNFOLD))?.click();
      requestAnimationFrame(() => goInto(button, goal));
    });
  }
  if (begun) return;
  begun = true;
  if (small() && !document.querySelector(UNFOLD))
    /** @type {HTMLElement | null} */ (document.querySelector(FOLD))?.click();
  document.documentElement.dataset.drawer = ""; // from now on it may be seen
  document.addEventListener("pointerdown", ({ target }) => {
    if (!small() || document.querySelector(UNFOLD)) return;
    // Beside the drawer is only what page.css has put to rest; a dialog lies over both.
    if (target instanceof Element && target.matches("html, body, #root, .stApp, .stAppViewContainer, .stMain"))
      /** @type {HTMLElement | null} */ (document.querySelector(FOLD))?.click();
  });
}

/**
 * Put the focus into the sidebar, and back on the button, another one perhaps by then, when it is folded again.
 * @param {() => HTMLButtonElement | null} button @param {string} goal the part of the sidebar whose field gets the
 *   focus; "" for none
 */
function goInto(button, goal) {
  /** @type {HTMLElement | null} */
  const fold = document.querySelector(FOLD);
  // Each part of the page has a document of its own.
  const parts = goal ? [...document.querySelectorAll(`${goal} *`)] : [];
  const field = parts.map(({ shadowRoot }) => shadowRoot?.querySelector("input")).find(Boolean);
  (field ?? fold)?.focus();
  fold?.addEventListener("click", () => requestAnimationFrame(() => button()?.focus()), { once: true });
}
