/**
 * Meridians and parallels, on a canvas just above the vector basemap. Their degrees stand along the map's edges, where the
 * scene has room for them: a name matters more.
 */

import { world } from "../data/places.js";
import { animated, contextOf } from "./style.js";

/** Degrees between two lines, from the widest. */
const STEPS = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01];
const APART = 150; // pixels: lines stand no nearer than this
const CORNER = [60, 30]; // pixels from the map's corners, in which no degrees stand
const LIMIT = 85; // degrees: as far as the projection goes

/** "34° N", "38.5° E", "0°", "180°" @param {number} value @param {number} step @param {[string, string]} signs */
function written(value, step, [positive, negative]) {
  const digits = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
  const turned = ((((value + 180) % 360) + 360) % 360) - 180;
  const shown = Math.abs(turned).toFixed(digits);
  return Number(shown) % 180 === 0 ? `${Number(shown)}°` : `${shown}° ${turned > 0 ? positive : negative}`;
}

/** The multiples of `step` from `low` to `high`. @param {number} low @param {number} high @param {number} step */
function multiples(low, high, step) {
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.max(0, Math.floor(high / step) - first + 1) }, (_, n) => (first + n) * step);
}

/**
 * The lines on the map as it is now, each with its place in pixels and its degrees.
 * @param {import("leaflet").Map} map @param {{x: number, y: number}} size
 */
function linesOf(map, size) {
  const corner = map.containerPointToLatLng([0, 0]);
  const far = map.containerPointToLatLng([size.x, size.y]);
  const scale = 2 ** map.getZoom();
  const [left, top] = world(corner.lat, corner.lng).map((at) => at * scale);
  const step = STEPS.findLast((one) => (one * size.x) / (far.lng - corner.lng) >= APART) ?? STEPS[0];
  const meridians = multiples(corner.lng, far.lng, step).map((lng) => [world(0, lng)[0] * scale - left, lng]);
  const south = Math.max(far.lat, -LIMIT);
  const parallels = multiples(south, Math.min(corner.lat, LIMIT), step).map((lat) => [
    world(lat, 0)[1] * scale - top,
    lat,
  ]);
  return { step, meridians, parallels };
}

export class Graticule {
  /** @param {import("leaflet").Map} map */
  constructor(map) {
    this.map = map;
    this.canvas = L.DomUtil.create("canvas", "graticule leaflet-zoom-animated", map.getPane("basemap"));
    this.context = contextOf(this.canvas);
    this.corner = map.containerPointToLatLng([0, 0]);
    this.zoom = 0;
    /** @type {number | null} */
    this.frame = null;
    /** @type {import("./style.js").Palette | null} */
    this.palette = null;
    map.on("move resize viewreset zoomend", () => this.redraw());
    map.on("zoomanim", ({ zoom, center }) => {
      const offset = animated(map)._latLngToNewLayerPoint(this.corner, zoom, center);
      L.DomUtil.setTransform(this.canvas, offset, map.getZoomScale(zoom, this.zoom));
    });
  }

  /** @param {import("./style.js").Palette} palette */
  paint(palette) {
    this.palette = palette;
    this.redraw();
  }

  /** Draw with the next frame. */
  redraw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.palette) this.#draw(this.palette);
    });
  }

  /** @param {import("./style.js").Palette} palette */
  #draw(palette) {
    const { map, context, canvas } = this;
    const size = map.getSize();
    const ratio = devicePixelRatio;
    canvas.width = Math.round(size.x * ratio); // setting it clears it
    canvas.height = Math.round(size.y * ratio);
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    this.corner = map.containerPointToLatLng([0, 0]);
    this.zoom = map.getZoom();
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);

    const { meridians, parallels } = linesOf(map, size);
    context.beginPath();
    for (const [x] of meridians) {
      context.moveTo(Math.round(x), 0);
      context.lineTo(Math.round(x), size.y);
    }
    for (const [y] of parallels) {
      context.moveTo(0, Math.round(y));
      context.lineTo(size.x, Math.round(y));
    }
    context.strokeStyle = palette.border;
    context.lineWidth = 1;
    context.globalAlpha = 0.22;
    context.translate(0.5, 0.5);
    context.stroke();
    context.translate(-0.5, -0.5);
    context.globalAlpha = 1;
  }

  /**
   * The degrees along the top and the right edge, each with where its line meets that edge in pixels.
   * @returns {{text: string, along: "top" | "right", at: number}[]}
   */
  degrees() {
    const size = this.map.getSize();
    const { step, meridians, parallels } = linesOf(this.map, size);
    const inside = (/** @type {number} */ at, /** @type {number} */ end, /** @type {number} */ off) =>
      at > off && at < end - off;
    return [
      ...meridians
        .filter(([x]) => inside(x, size.x, CORNER[0]))
        .map(([x, lng]) => ({ text: written(lng, step, ["E", "W"]), along: /** @type {const} */ ("top"), at: x })),
      ...parallels
        .filter(([y]) => inside(y, size.y, CORNER[1]))
        .map(([y, lat]) => ({ text: written(lat, step, ["N", "S"]), along: /** @type {const} */ ("right"), at: y })),
    ];
  }
}
