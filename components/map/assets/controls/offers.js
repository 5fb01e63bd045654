/** What the map offers of itself where it has nothing to show: the way back to the rows, and pictures beyond its own detail. */

import { BUILT_IN, IMAGERY } from "../draw/basemap.js";
import { el } from "./dom.js";

/** From which zoom on the built-in map, drawn for the whole region, has nothing more to show. */
const PAST_DETAIL = 12;

/** @typedef {import("leaflet").LatLngBounds} Bounds */

/**
 * Whether any row on view has its place within bounds, or a movement may cross them.
 * @param {import("../data/dataset.js").Dataset} data
 * @param {import("../app.js").OnView} onView
 * @param {Bounds} bounds
 */
function anyWithin(data, { sites, incidents, movements }, bounds) {
  /** @param {number | null} lat @param {number | null} lon */
  const within = (lat, lon) => lat !== null && lon !== null && !Number.isNaN(lat) && bounds.contains([lat, lon]);
  if (sites.some((i) => within(data.sites.lat[i], data.sites.lon[i]))) return true;
  const { lat, lon } = data.incidents;
  for (let i = incidents.first; i < incidents.past; i++) if (incidents.has(i) && within(lat[i], lon[i])) return true;
  const { origin, destination } = data.movements;
  return movements.numbers.some((i) => {
    const ends = [origin, destination].map((points) => [points.lat[i], points.lon[i]]);
    return (
      ends.flat().every((degree) => degree !== null) && bounds.intersects(L.latLngBounds(/** @type {any} */ (ends)))
    );
  });
}

export class Offers {
  /**
   * @param {import("../app.js").App} app
   * @param {HTMLElement} messages where they are put
   * @param {() => void} home goes to the home view
   */
  constructor(app, messages, home) {
    this.app = app;
    this.dismissed = false;
    this.back = el(
      "button",
      { type: "button", class: "pill", hidden: true, onclick: () => this.#take(home) },
      "Back to the region",
    );
    this.pictures = el(
      "div",
      { class: "pictures", hidden: true },
      el(
        "p",
        {},
        "The built-in map has no more detail here. Satellite pictures come from another server, which learns your address.",
      ),
      el(
        "div",
        {},
        el(
          "button",
          { type: "button", onclick: () => this.#take(() => app.setBase(IMAGERY)) },
          "Show satellite pictures",
        ),
        el("button", { type: "button", onclick: () => this.#take(() => (this.dismissed = true)) }, "No, thanks"),
      ),
    );
    for (const part of [this.back, this.pictures]) L.DomEvent.disableClickPropagation(part);
    messages.append(this.back, this.pictures);
    app.map.on("moveend", () => this.show());
  }

  show() {
    const { map, data, selection, view, basemap } = this.app;
    if (!selection) return;
    const nothing = selection.sites.length + selection.incidents.count + selection.movements.numbers.length === 0;
    this.back.hidden = nothing || anyWithin(data, selection, map.getBounds());
    this.pictures.hidden =
      this.dismissed ||
      !this.back.hidden ||
      map.getZoom() < PAST_DETAIL ||
      view.base !== BUILT_IN ||
      !basemap.bases.some(({ slug }) => slug === IMAGERY);
  }

  /** What was pressed goes away: the focus goes to the map. @param {() => void} act */
  #take(act) {
    act();
    this.show();
    this.app.map.getContainer().focus({ preventScroll: true });
  }
}
