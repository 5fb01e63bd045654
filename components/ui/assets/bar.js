/** The bar above the map: its button presses Streamlit's own, which unfolds the sidebar but has no name to go by. */

import { show as build } from "../../panels/assets/mount.js";

const UNFOLD = '[data-testid="stExpandSidebarButton"]';
const FOLD = '[data-testid="stSidebarCollapseButton"] button';

/**
 * Streamlit calls this at each run.
 * @param {import("../../panels/assets/mount.js").Component} component
 * @param {Parameters<typeof build>[1]} nodes
 */
export function show(component, nodes) {
  build(component, nodes);
  /** @returns {HTMLButtonElement | null} */
  const button = () => component.parentElement.querySelector("button");
  button()?.addEventListener("click", () => {
    /** @type {HTMLElement | null} */ (document.querySelector(UNFOLD))?.click();
    requestAnimationFrame(() => goInto(button));
  });
}

/** Put the focus into the sidebar, and back on the button, another one perhaps by then, when it is folded again. @param {() => HTMLButtonElement | null} button */
function goInto(button) {
  /** @type {HTMLElement | null} */
  const fold = document.querySelector(FOLD);
  fold?.focus();
  fold?.addEventListener("click", () => requestAnimationFrame(() => button()?.focus()), { once: true });
}
