/** What assistive technology asks of a document: a main landmark, a heading of level one, and zoom that nobody forbids. */

import { el } from "./dom.js";

/**
 * Make the map the document's main landmark. An embed's page has its own heading and viewport; the document that
 * streamlit-folium makes for its frame has none of the first, and a viewport of folium's that forbids zooming.
 * @param {HTMLElement} container the map's
 */
export function addLandmarks(container) {
  container.setAttribute("role", "main");
  container.setAttribute("aria-label", "Map");
  if (!document.querySelector("h1")) container.prepend(el("h1", { class: "unseen" }, "Map and timeline"));
  for (const viewport of document.querySelectorAll("meta[name=viewport]"))
    viewport.setAttribute("content", "width=device-width, initial-scale=1");
}
