/** The map's own controls: zoom, home, fit, full screen, layers, measure; the scale and the place under the cursor. */

import { boundsOnView } from "../data/extent.js";
import { glyph } from "../draw/glyphs.js";
import { keepOff } from "../draw/labels.js";
import { el } from "./dom.js";
import { Layers } from "./layers.js";
import { Measure } from "./measure.js";
import { Offers } from "./offers.js";

const CLOSEST = 11; // a single place is not looked at from nearer than this
const MARGIN = 48;

const ICONS = {
  "Zoom in": "M8 3v10M3 8h10",
  "Zoom out": "M3 8h10",
  "Home view": "M2.5 8 8 3l5.5 5M4.5 6.5v6.5h7V6.5",
  "Fit to what is on view": "M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3M6 8h4M8 6v4",
  "Full screen": "M9.5 6.5l4-4M10 2.5h3.5V6M6.5 9.5l-4 4M6 13.5H2.5V10",
  "Base map": "M8 2.5 14 6 8 9.5 2 6ZM2.5 9 8 12.2 13.5 9M2.5 11.7 8 14.9 13.5 11.7",
  "Map tools": "M2.5 4.5h6M12 4.5h1.5M10 3v3M2.5 11.5h1.5M7.5 11.5h6M5.5 10v3",
  "Measure distance": "M1.8 11.2 11.2 1.8l3 3-9.4 9.4ZM4.6 8.4l1.6 1.6M6.9 6.1l1 1M9.2 3.8l1.6 1.6",
};

/** @param {keyof typeof ICONS} label @param {() => void} act */
function button(label, act) {
  const made = el("button", { type: "button", onclick: act, "aria-label": label, title: label }, glyph(ICONS[label]));
  return /** @type {HTMLButtonElement} */ (made);
}

/** For whoever wants no motion, none. */
function still() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? { animate: false } : {};
}

export class Controls {
  /** @param {import("../app.js").App} app */
  constructor(app) {
    this.app = app;
    /** While Leaflet zooms, the zoom that is wanted after. @type {number | undefined} */
    this.wanted = undefined;
    const { map } = app;
    this.full = document.fullscreenEnabled ? button("Full screen", () => this.#fullScreen()) : null;
    const base = button("Base map", () => this.layers.toggle());
    const ruler = button("Measure distance", () => this.measure.toggle());
    /** On a small screen all others are behind it: touch.css. */
    this.tools = button("Map tools", () => {
      this.#unfold(true);
      /** @type {HTMLElement | null} */ (this.tools.nextElementSibling)?.focus();
    });
    this.tools.className = "tools";
    this.tools.setAttribute("aria-expanded", "false");
    this.element = el(
      "div",
      {
        class: "controls",
        role: "group",
        "aria-label": "Map",
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
      },
      this.tools,
      button("Zoom in", () => this.#zoom(1)),
      button("Zoom out", () => this.#zoom(-1)),
      ...[
        button("Home view", () => this.#home()),
        button("Fit to what is on view", () => this.#fit()),
        this.full,
        base,
        ruler,
      ].map((one) => {
        one?.addEventListener("click", () => this.#unfold(false));
        return one;
      }),
    );
    document.addEventListener("pointerdown", ({ target }) => {
      if (!this.element.contains(/** @type {Node} */ (target))) this.#unfold(false);
    });
    L.DomEvent.disableClickPropagation(this.element);
    map.getContainer().append(this.element);
    keepOff(this.element, () => app.scene.redraw());
    const under = el("div", { class: "under-sheet" });
    map.getContainer().append(under);
    keepOff(under, () => app.scene.redraw());
    /** What is said over the map, one under another. */
    this.messages = el("div", { class: "messages" });
    map.getContainer().append(this.messages);
    this.layers = new Layers(app, base, this.messages);
    this.measure = new Measure(map, ruler, this.messages);
    this.offers = new Offers(app, this.messages, () => this.#home());
    this.#coordinates(map);
    const scale = L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 100 }).addTo(map);
    keepOff(/** @type {HTMLElement} */ (scale.getContainer()), () => app.scene.redraw());
    document.addEventListener("fullscreenchange", () => this.#sayFull());
    map.on("zoomend", () => this.wanted !== undefined && this.#zoom(0));
  }

  show() {
    this.layers.show();
    this.offers.show();
    this.measure.paint(this.app.basemap.inks);
  }

  /** Zoom by steps. Leaflet hears nothing while it zooms, so that what is clicked meanwhile is done after. @param {number} by */
  #zoom(by) {
    const { camera, map } = this.app;
    const zoom = (this.wanted ?? map.getZoom()) + by;
    this.wanted = Math.min(map.getMaxZoom(), Math.max(map.getMinZoom(), zoom));
    if (camera.zooming) return;
    if (this.wanted === map.getZoom()) {
      this.wanted = undefined;
      return;
    }
    camera.zooming = true; // from now on, not from the next frame
    map.setZoom(this.wanted, still());
  }

  /** Show what is behind the one button of a small screen, or no longer. @param {boolean} open */
  #unfold(open) {
    this.element.classList.toggle("open", open);
    this.tools.setAttribute("aria-expanded", String(open));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape" || !this.element.classList.contains("open")) return;
    event.stopPropagation(); // it closes the tools, and leaves what is selected
    this.#unfold(false);
    this.tools.focus();
  }

  #home() {
    this.wanted = undefined;
    this.app.camera.whenStill(() => {
      const { zoom, lat, lon } = this.app.camera.home;
      this.app.map.setView([lat, lon], zoom, still());
    });
  }

  #fit() {
    const bounds = boundsOnView(this.app.data, this.app.selection);
    if (!bounds) return;
    this.wanted = undefined;
    this.app.camera.whenStill(() =>
      this.app.map.fitBounds(bounds, { padding: [MARGIN, MARGIN], maxZoom: CLOSEST, ...still() }),
    );
  }

  #fullScreen() {
    const change = document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen();
    change.catch(() => {}); // refused: things stay as they are
  }

  #sayFull() {
    const label = document.fullscreenElement ? "Leave full screen" : "Full screen";
    this.full?.setAttribute("aria-label", label);
    this.full?.setAttribute("title", label);
  }

  /** Beside the scale, for whoever has a cursor. @param {import("leaflet").Map} map */
  #coordinates(map) {
    if (!matchMedia("(hover: hover)").matches) return;
    const place = el("output", { class: "coordinates", "aria-label": "Place under the cursor", "aria-live": "off" });
    const corner = new L.Control({ position: "bottomleft" });
    corner.onAdd = () => place;
    corner.addTo(map);
    map.on("mousemove", ({ latlng }) => {
      const { lat, lng } = latlng.wrap();
      place.textContent = `${lat.toFixed(4)}, ${lng.toFixed(4)}`;
    });
    map.on("mouseout", () => (place.textContent = ""));
  }
}
