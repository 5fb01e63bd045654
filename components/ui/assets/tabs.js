/** The tabs above the panels, as radio buttons of the ARIA Authoring Practices: one stop of the Tab key, stepped by arrows. */

import { show as build } from "../../panels/assets/mount.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * Streamlit calls this at each run.
 * @param {import("../../panels/assets/mount.js").Component} component
 * @param {Parameters<typeof build>[1]} nodes
 */
export function show(component, nodes) {
  build(component, nodes);
  const tabs = /** @type {HTMLElement[]} */ ([...component.parentElement.querySelectorAll("[role=radio]")]);
  const chosen = tabs.find((tab) => tab.getAttribute("aria-checked") === "true") ?? tabs[0];
  for (const [at, tab] of tabs.entries()) {
    tab.tabIndex = tab === chosen ? 0 : -1;
    tab.addEventListener("keydown", (event) => {
      const step = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
      if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const next = tabs[(at + step + tabs.length) % tabs.length];
      next.focus();
      next.click();
    });
  }
}
