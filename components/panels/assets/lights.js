/**
 * The page's parts and the map light each other: an element that names rows in `lights` (panels/elements.py) lights them on
 * the map while it is pointed at or has the focus, and is lit itself while one of them is pointed at on the map.
 */

/** The parts of the page as they are now. @type {Set<HTMLElement>} */
const parts = new Set();

/** @param {HTMLElement} root of a part of the page; what is built in it later counts too */
export function light(root) {
  parts.add(root);
  let lit = "";
  /** @param {EventTarget | null} target */
  const show = (target) => {
    const rows = (target instanceof HTMLElement && target.closest("[data-lights]")) || null;
    const now = (rows instanceof HTMLElement && rows.dataset.lights) || "";
    if (now === lit) return;
    lit = now;
    dispatchEvent(new CustomEvent("laydown:light", { detail: now ? now.split(" ") : [] }));
  };
  for (const name of ["pointerover", "focusin"]) root.addEventListener(name, ({ target }) => show(target));
  for (const name of ["pointerleave", "focusout"]) root.addEventListener(name, () => show(null));
}

addEventListener("laydown:pointed", (event) => {
  const rows = new Set(/** @type {CustomEvent<string[]>} */ (event).detail);
  for (const root of parts) {
    if (!root.isConnected) parts.delete(root);
    for (const element of root.querySelectorAll("[data-lights]")) {
      const named = /** @type {HTMLElement} */ (element).dataset.lights?.split(" ") ?? [];
      element.classList.toggle(
        "lit",
        named.some((row) => rows.has(row)),
      );
    }
  }
});
