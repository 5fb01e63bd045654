/** Skip links: buttons that move the focus to the map, the timeline or the panel, past all that stands before it. */

/** The map's window, which lies in a frame: the early map's (early.js) or streamlit-folium's. @returns {Window | undefined} */
export function mapWindow() {
  const roots = [document, document.getElementById("early")?.shadowRoot];
  const frames = roots.flatMap((root) => [...(root?.querySelectorAll("iframe") ?? [])].map((one) => one.contentWindow));
  return frames.find((frame) => frame?.laydown?.state().ready) ?? undefined;
}

/** @type {Record<string, () => HTMLElement | null | undefined>} */
const PLACES = {
  map: () => mapWindow()?.document.querySelector(".leaflet-container"),
  timeline: () => mapWindow()?.document.querySelector(".timeline .handle"),
  panel: () => document.querySelector(".st-key-panel"),
};

/** Follow the buttons that page_head.py has written. */
export function followSkips() {
  for (const button of document.querySelectorAll(".skips button")) {
    button.addEventListener("click", () => {
      const place = PLACES[/** @type {HTMLElement} */ (button).dataset.to ?? ""]?.();
      if (!place) return; // it is not there yet
      if (place.tabIndex < 0) place.tabIndex = -1; // it takes the focus, but is no stop of the Tab key
      place.ownerDocument.defaultView?.focus();
      place.focus();
    });
  }
}
