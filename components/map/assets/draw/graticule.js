/** Meridians and parallels with their degrees along the map's edges, on a canvas just above the vector basemap. */

import { world } from "../data/places.js";
import { animated, contextOf } from "./style.js";
import { canvasFont } from "./textsize.js";

/** Degrees between two lines, from the widest. */
const STEPS = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01];
const APART = 150; // pixels: lines stand no nearer than this
const EDGE = 6;
const LIMIT = 85; // degrees: as far as the projection goes

/** "34° N", "38.5° E", "0°", "180°" @param {number} value @param {number} step @param {[string, string]} signs */
function degrees(value, step, [positive, negative]) {
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

export class Graticule {
  /** @param {import("leaflet").Map} map */
  constructor(map) {
    this.map = map;
    this.canvas = L.DomUtil.create("canvas", "graticule leaflet-zoom-animated", map.getPane("basemap"));
    this.context = contextOf(this.canvas);
    this.clear = 0;
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

  /** Write no degrees along the right edge beside an element that stands there. @param {HTMLElement} element */
  keepClear(element) {
    new ResizeObserver(() => {
      this.clear = element.offsetHeight;
      this.redraw();
    }).observe(element);
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

    const far = map.containerPointToLatLng(size);
    const scale = 2 ** this.zoom;
    const [left, top] = world(this.corner.lat, this.corner.lng).map((at) => at * scale);
    const step = STEPS.findLast((one) => (one * size.x) / (far.lng - this.corner.lng) >= APART) ?? STEPS[0];
    const meridians = multiples(this.corner.lng, far.lng, step).map((lng) => [world(0, lng)[0] * scale - left, lng]);
    const south = Math.max(far.lat, -LIMIT);
    const parallels = multiples(south, Math.min(this.corner.lat, LIMIT), step).map((lat) => [
      world(lat, 0)[1] * scale - top,
      lat,
    ]);

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

    context.font = canvasFont(10.5);
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = palette.halo;
    context.fillStyle = palette.label;
    /** @param {string} text @param {number} x @param {number} y */
    const write = (text, x, y) => {
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    };
    // Along the top and the right edge, where neither the controls nor the legend lie upon them.
    context.textBaseline = "top";
    context.textAlign = "center";
    for (const [x, lng] of meridians) {
      if (x > 60 && x < size.x - 60) write(degrees(lng, step, ["E", "W"]), x, EDGE);
    }
    context.textBaseline = "middle";
    context.textAlign = "right";
    for (const [y, lat] of parallels) {
      if (y > 30 && y < size.y - this.clear - 30) write(degrees(lat, step, ["N", "S"]), size.x - EDGE, y);
    }
  }
}
