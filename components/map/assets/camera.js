/** Where the map looks: at home, where a link says, or where the hand has moved it, which the link then says. */

import { linkCamera } from "./bridge.js";
import { unrolled } from "./data/longitudes.js";
import { world } from "./data/places.js";

const SETTLE_MS = 200;
/** How many of the cameras that were written into the link are remembered. */
const KEPT = 20;
/** How far the map may be, in pixels, from where it was sent and still count as there: Leaflet rounds. */
const ROUNDING = 4;

/** @typedef {{zoom: number, lat: number, lon: number}} Place */

/** As it stands in the link. @param {Place} place */
const cameraText = ({ zoom, lat, lon }) => `${+zoom.toFixed(2)}/${lat.toFixed(4)}/${unrolled(lon, -180).toFixed(4)}`;

/** Zooms stand in steps of a quarter: the map's zoomSnap. */
const STEPS = 4;
/** By which part of a step what the home view holds may stand into its padding. */
const LENIENT = 0.3;

/**
 * The dataset's home view in a map as large as it is now: it holds the sites told in full in the first window, at any
 * size (view/home.py). Without such, a map narrower than the home zoom is meant for stands further off.
 * @param {import("leaflet").Map} map @param {Place} place as dataset.toml tells it
 * @param {Pick<import("./data/dataset.js").Dataset, "home" | "style">} data
 * @returns {Place}
 */
function homeOf(map, place, { home, style }) {
  const { x: width, y: height } = map.getSize();
  if (!home) {
    const further = Math.min(0, Math.log2(width / style.home[0]));
    return { ...place, zoom: Math.max(map.getMinZoom(), Math.round((place.zoom + further) * STEPS) / STEPS) };
  }
  const [south, west, north, east] = home;
  const [[left, low], [right, high]] = [world(south, west), world(north, east)];
  const padding = Math.max(style.home_padding[0], style.home_padding[1] * Math.min(width, height));
  const [wide, tall] = [width, height].map((size) => Math.max(1, size - 2 * padding));
  const zoom = Math.min(Math.log2(wide / (right - left)), Math.log2(tall / (low - high)), style.home_deepest);
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (low + high) / 256))) * 180) / Math.PI;
  return {
    zoom: Math.max(map.getMinZoom(), Math.floor(zoom * STEPS + LENIENT) / STEPS),
    lat,
    lon: (west + east) / 2,
  };
}

export class Camera {
  /** What links said before, as the map wrote them. @type {string[]} */
  #kept = [];
  /** What the last link said, as JSON; undefined: nothing yet. @type {string | undefined} */
  #commanded;
  /** Where the map was sent to. @type {Place} */
  #target;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;
  /** Whether the map glides from one zoom to another: Leaflet hears of no other place until it is there. */
  zooming = false;
  /** Whether it goes to its target once it may. */
  #due = false;

  /**
   * @param {import("leaflet").Map} map
   * @param {Pick<import("./data/dataset.js").Dataset, "home" | "style" | "seam">} data
   */
  constructor(map, data) {
    this.map = map;
    this.seam = data.seam;
    const place = this.#unrolled(this.place);
    /** @type {Place} the dataset's home view */
    this.home = homeOf(map, place, data);
    this.#target = this.home;
    map.on("resize", () => {
      const stayed = this.#stillAt(this.home);
      this.home = homeOf(map, place, data);
      if (!stayed) return;
      this.#go(this.home);
    });
    map.on("zoomstart", () => (this.zooming = true));
    map.on("zoomend", () => (this.zooming = false));
    map.on("moveend", () => {
      clearTimeout(this.#settling);
      const place = this.#unrolled(this.place);
      // Once around the world the same land lies there, but no row: go on where they are drawn.
      if (Math.abs(place.lon - this.place.lon) > 1) map.setView([place.lat, place.lon], place.zoom, { animate: false });
      this.#settling = setTimeout(() => this.keep(), SETTLE_MS);
    });
  }

  /** Where the map looks now. @returns {Place} */
  get place() {
    const { lat, lng } = this.map.getCenter();
    return { zoom: this.map.getZoom(), lat, lon: lng };
  }

  /** The same place where the rows' longitudes lie. @param {Place} place @returns {Place} */
  #unrolled({ zoom, lat, lon }) {
    return { zoom, lat, lon: unrolled(lon, this.seam) };
  }

  /** Follow the next link wherever it says, even where the last one led. */
  forget() {
    this.#commanded = undefined;
  }

  /**
   * Go where the link says, once for each link: a rerun that says the same again must not undo a pan.
   * @param {[number, number, number] | null} camera [zoom, lat, lon]; null: home
   * @returns {boolean} whether the link said where
   */
  look(camera) {
    const asked = JSON.stringify(camera);
    if (asked === this.#commanded) return false;
    const arrived = this.#commanded === undefined;
    this.#commanded = asked;
    const there = camera ? this.#unrolled({ zoom: camera[0], lat: camera[1], lon: camera[2] }) : this.home;
    // What this map itself wrote into the link comes back when the hand may have moved on.
    if (!arrived && (!camera || this.#kept.includes(cameraText(there)))) return false;
    this.#go(there);
    return Boolean(camera);
  }

  /** Call `act` once the map zooms no more. @param {() => void} act */
  whenStill(act) {
    if (this.zooming) this.map.once("zoomend", act);
    else act();
  }

  /** Say in the link where the map looks, or is about to. */
  keep() {
    const there = this.#due || this.#stillAt(this.#target) ? this.#target : this.place;
    const text = cameraText(there);
    linkCamera(there === this.home || this.#stillAt(this.home) ? null : text);
    this.#kept = [text, ...this.#kept.filter((other) => other !== text)].slice(0, KEPT);
  }

  /** Send the map there at once. @param {Place} there */
  #go(there) {
    this.#target = there;
    if (this.#due) return;
    this.#due = true;
    this.whenStill(() => {
      this.#due = false;
      const { zoom, lat, lon } = this.#target;
      // Where it looks already nothing need be drawn anew for a pixel.
      if (!this.#stillAt(this.#target)) this.map.setView([lat, lon], zoom, { animate: false });
    });
  }

  /** Whether the map looks there, give or take what Leaflet rounds. @param {Place} place */
  #stillAt({ zoom, lat, lon }) {
    const shift = this.map.project(this.map.getCenter(), zoom).distanceTo(this.map.project([lat, lon], zoom));
    return this.map.getZoom() === zoom && shift < ROUNDING;
  }
}
