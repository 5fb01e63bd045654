/** Distances along a line of clicked points, over the globe. */

import { count, el } from "./dom.js";

const STRIDE = 40; // pixels that an arrow key moves the map
/** @type {Record<string, [number, number]>} by key: pixels that the map moves */
const STEPS = { ArrowLeft: [-STRIDE, 0], ArrowRight: [STRIDE, 0], ArrowUp: [0, -STRIDE], ArrowDown: [0, STRIDE] };
/** @type {Record<string, number>} by key: levels that the map zooms in */
const ZOOMS = { "+": 1, "=": 1, "-": -1 };
const LEG_STEPS = 32; // points along a leg, which the projection bends

/** "850 m", "12.4 km", "345 km" @param {number} metres */
function distanceText(metres) {
  if (metres < 1000) return `${Math.round(metres)} m`;
  const km = metres / 1000;
  return `${km < 100 ? km.toFixed(1) : Math.round(km).toLocaleString("en-GB")} km`;
}

/**
 * The great circle between two places, as places along it.
 * @param {L.LatLng} from @param {L.LatLng} to @returns {L.LatLngExpression[]}
 */
function greatCircle(from, to) {
  const [a, b] = [from, to].map(({ lat, lng }) => {
    const [phi, lambda] = [(lat * Math.PI) / 180, (lng * Math.PI) / 180];
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
  });
  const angle = Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
  if (angle < 1e-6) return [from, to];
  return Array.from({ length: LEG_STEPS + 1 }, (_, step) => {
    const t = step / LEG_STEPS;
    const [p, q] = [Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle)];
    const [x, y, z] = a.map((at, n) => p * at + q * b[n]);
    return [(Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI, (Math.atan2(y, x) * 180) / Math.PI];
  });
}

export class Measure {
  /**
   * @param {L.Map} map
   * @param {HTMLButtonElement} opener
   * @param {HTMLElement} messages where the distance is told
   */
  constructor(map, opener, messages) {
    this.map = map;
    this.opener = opener;
    opener.setAttribute("aria-pressed", "false");
    const pane = map.createPane("measure");
    pane.style.zIndex = "470";
    pane.style.pointerEvents = "none";
    const renderer = L.svg({ pane: "measure" });
    /** @param {L.PolylineOptions} options */
    const line = (options) => L.polyline([], { pane: "measure", renderer, interactive: false, ...options });
    this.halo = line({ weight: 6, opacity: 0.85 });
    this.line = line({ weight: 2.5 });
    this.ahead = line({ weight: 2, dashArray: "2 5" });
    this.dots = L.layerGroup();
    this.drawing = L.layerGroup([this.halo, this.line, this.ahead, this.dots]);
    // Lies over the map while points are set, so that a click sets one and selects nothing.
    this.sheet = el("div", {
      class: "measure-sheet",
      hidden: true,
      onclick: (/** @type {MouseEvent} */ event) => this.#click(event),
      ondblclick: (/** @type {MouseEvent} */ event) => this.#doubleClick(event),
      onmousemove: (/** @type {MouseEvent} */ event) => this.#aim(this.map.mouseEventToLatLng(event)),
      tabindex: "0",
      role: "application",
      "aria-label": "Measuring: the arrows move the map, Enter sets a point at its middle, Escape ends",
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#steer(event),
    });
    this.total = el("output", { class: "measure-total" });
    const clear = el(
      "button",
      { type: "button", "aria-label": "Clear the measurement", onclick: () => this.#clear() },
      "×",
    );
    this.panel = el("div", { class: "measure-panel", hidden: true }, this.total, clear);
    L.DomEvent.disableClickPropagation(this.panel);
    map.getContainer().append(this.sheet);
    messages.append(this.panel);
    document.addEventListener("keydown", (event) => this.#key(event));
    /** @type {L.LatLng[]} */
    this.points = [];
    /** @type {Record<"strong" | "halo", string> | undefined} */
    this.palette = undefined;
  }

  /** Take a theme's colours. @param {Record<"strong" | "halo", string>} palette */
  paint(palette) {
    if (palette === this.palette) return;
    this.palette = palette;
    this.halo.setStyle({ color: palette.halo });
    this.line.setStyle({ color: palette.strong });
    this.ahead.setStyle({ color: palette.strong });
    this.dots.eachLayer((dot) => {
      if (dot instanceof L.CircleMarker) dot.setStyle({ color: palette.strong, fillColor: palette.halo });
    });
  }

  /** Begin anew, or end. */
  toggle() {
    if (!this.sheet.hidden) return this.#end();
    this.#clear();
    this.sheet.hidden = false;
    this.panel.hidden = false;
    this.opener.setAttribute("aria-pressed", "true");
    this.drawing.addTo(this.map);
    this.sheet.focus({ preventScroll: true });
    this.#showDistance();
  }

  #end() {
    this.sheet.hidden = true;
    this.ahead.setLatLngs([]);
    this.opener.setAttribute("aria-pressed", "false");
    if (this.points.length < 2) this.#clear();
    else this.#showDistance();
  }

  #clear() {
    this.sheet.hidden = true;
    this.panel.hidden = true;
    this.opener.setAttribute("aria-pressed", "false");
    this.points = [];
    this.dots.clearLayers();
    for (const line of [this.halo, this.line, this.ahead]) line.setLatLngs([]);
    this.drawing.remove();
  }

  /** @param {MouseEvent} event */
  #click(event) {
    event.stopPropagation();
    const dragging = /** @type {L.Handler & {moved(): boolean}} */ (this.map.dragging);
    // The end of a drag is no click, and a double-click's second one sets no further point.
    if (dragging.moved() || event.detail > 1) return;
    this.#add(this.map.mouseEventToLatLng(event));
  }

  /** @param {L.LatLng} point */
  #add(point) {
    this.points.push(point);
    L.circleMarker(point, {
      pane: "measure",
      radius: 4,
      weight: 2,
      color: this.palette?.strong,
      fillColor: this.palette?.halo,
      fillOpacity: 1,
      interactive: false,
    }).addTo(this.dots);
    const along = this.points.slice(1).flatMap((to, n) => greatCircle(this.points[n], to));
    this.halo.setLatLngs(along);
    this.line.setLatLngs(along);
    this.ahead.setLatLngs([]);
    this.#showDistance();
  }

  /** @param {MouseEvent} event */
  #doubleClick(event) {
    event.stopPropagation(); // the map would zoom
    this.#end();
  }

  /** Show the leg that a point at `to` would add. @param {L.LatLng} to */
  #aim(to) {
    const last = this.points.at(-1);
    if (!last) return;
    this.ahead.setLatLngs(greatCircle(last, to));
    this.#showDistance(to);
  }

  /** Without a mouse: the map moves under a cross in its middle. @param {KeyboardEvent} event */
  #steer(event) {
    const step = STEPS[event.key];
    const zoom = ZOOMS[event.key];
    if (step) this.map.panBy(step, { animate: false });
    else if (zoom) this.map.setZoom(this.map.getZoom() + zoom, { animate: false });
    else if (event.key === "Enter" || event.key === " ") this.#add(this.map.getCenter());
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (step || zoom) this.#aim(this.map.getCenter());
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape" || this.panel.hidden) return;
    event.preventDefault(); // it means no more than this
    event.stopPropagation();
    if (this.sheet.hidden) this.#clear();
    else this.#end();
    this.opener.focus();
  }

  /** Show the distance so far, and to where the cursor is. @param {L.LatLng | null} aim */
  #showDistance(aim = null) {
    const points = aim ? [...this.points, aim] : this.points;
    let metres = 0;
    points.slice(1).forEach((to, n) => (metres += this.map.distance(points[n], to)));
    if (points.length < 2) {
      this.total.textContent = this.points.length
        ? "Click the next point"
        : "Click points on the map, or move it with the arrows and press Enter";
      return;
    }
    const legs = this.sheet.hidden && points.length > 2 ? ` in ${count(points.length - 1, "leg")}` : "";
    const how = this.sheet.hidden ? "" : " · double-click or Esc ends";
    this.total.replaceChildren(el("strong", {}, distanceText(metres)), `${legs}${how}`);
  }
}
