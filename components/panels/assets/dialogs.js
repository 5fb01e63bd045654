/**
 * The Tab key in a dialog: Streamlit keeps the focus within, but does not look into our parts' shadow roots, and so would
 * pass over what they hold. Here every stop is found, and gone to in the order of the page.
 */

const STOPS = "a[href], button, input, select, textarea, summary, [tabindex]";

/** The stops of the Tab key in a part of the page, those in shadow roots too. @param {ParentNode} root @returns {HTMLElement[]} */
function stops(root) {
  return [...root.querySelectorAll("*")].flatMap((element) => {
    if (element.shadowRoot) return stops(element.shadowRoot);
    const stop = element instanceof HTMLElement && element.matches(STOPS) && element.tabIndex >= 0;
    return stop && !element.matches(":disabled") && element.checkVisibility({ visibilityProperty: true })
      ? [element]
      : [];
  });
}

/** What has the focus, in whatever shadow root it is. */
function focused() {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** @param {KeyboardEvent} event */
export function stepInDialog(event) {
  const dialog = document.activeElement?.closest('[role="dialog"]');
  if (event.key !== "Tab" || event.altKey || event.ctrlKey || event.metaKey || !dialog) return;
  const all = stops(dialog);
  if (!all.length) return;
  const at = all.indexOf(/** @type {HTMLElement} */ (focused()));
  event.preventDefault();
  event.stopImmediatePropagation();
  all[(Math.max(at, event.shiftKey ? 0 : -1) + (event.shiftKey ? all.length - 1 : 1)) % all.length].focus();
}
