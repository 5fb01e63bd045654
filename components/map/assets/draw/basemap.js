/**
 * What lies under the rows: the vector basemap, drawn by Leaflet on a canvas of its own, and above it the tiles of an
 * online basemap where the visitor has chosen one. The vectors stay below, so that a tile that does not come leaves no
 * hole. Across 180° they are drawn once more, a turn of the world off, when that comes into sight.
 */

import { turns } from "../data/longitudes.js";
import { Graticule } from "./graticule.js";
import { quicken } from "./quick.js";

/**
 * How each layer is drawn: by map/style.py's BasemapStyle, in a theme's colours.
 * @type {Record<string, (style: import("./style.js").BasemapStyle, colours: Palette) => import("leaflet").PathOptions>}
 */
const LAYERS = {
  extent: (_, c) => ({ stroke: true, color: c.governorate, weight: 1, fill: true, fillColor: c.water, fillOpacity: 1 }),
  land: (_, c) => ({ stroke: false, fill: true, fillColor: c.land, fillOpacity: 1 }),
  lakes: (_, c) => ({ stroke: false, fill: true, fillColor: c.water, fillOpacity: 1 }),
  rivers: ({ river }, c) => line(river, c.river),
  governorates: ({ governorate }, c) => line(governorate, c.governorate),
  borders: ({ border }, c) => line(border, c.border),
  disputed: ({ disputed }, c) => line(disputed, c.border),
};
export const BUILT_IN = "vector";
/** The online basemap that is photographs, which name no towns. */
export const IMAGERY = "esri-imagery";
/** Under which this browser keeps which online basemaps its reader has agreed to, by slug. */
const AGREED = "laydown:online";

/** @param {import("./style.js").Outline} outline @param {string} color @returns {import("leaflet").PathOptions} */
function line({ width, dash, strength }, color) {
  return { fill: false, color, weight: width, opacity: strength, dashArray: dash.length ? dash : undefined };
}

/**
 * Whether a line goes anywhere: one whose points are all the same would be drawn as a dot.
 * @param {import("geojson").Feature} feature
 */
function goesSomewhere({ geometry }) {
  const lines =
    geometry?.type === "LineString"
      ? [geometry.coordinates]
      : geometry?.type === "MultiLineString"
        ? geometry.coordinates
        : null;
  return !lines || lines.some((points) => points.some(([x, y]) => x !== points[0][0] || y !== points[0][1]));
}

/**
 * @typedef {import("./style.js").Palette} Palette
 *
 * @typedef {object} Online what basemaps.py's config() sends
 * @property {string} slug
 * @property {string} label
 * @property {"light"|"dark"} tone
 * @property {string} url
 * @property {string} subdomains
 * @property {number} deepest
 * @property {[string, string][]} attribution parts of text, each with an address or ""
 */

export class Basemap {
  /**
   * @param {import("leaflet").Map} map
   * @param {{layers: Record<string, any>, world: boolean}} basemap GeoJSON by name; whether it is the world's
   * @param {Online[]} bases the online basemaps
   * @param {import("./style.js").Style} style
   * @param {() => void} changed called when tiles begin or cease to cover the vectors, or fail to come
   */
  constructor(map, { layers, world }, bases, style, changed) {
    this.map = map;
    this.geojson = layers;
    this.world = world;
    this.bases = bases;
    this.style = style;
    this.changed = changed;
    this.palette = style.palettes.light;
    /** @type {import("leaflet").TileLayer | null} */
    this.tiles = null;
    this.slug = BUILT_IN;
    /** What was agreed to here, where this browser keeps nothing. */
    this.agreed = /** @type {Set<string>} */ (new Set());
    /** @type {"built-in" | "not agreed" | "asking" | "shown" | "unreachable" | "not offered"} */
    this.online = "built-in";
    map.createPane("basemap").style.zIndex = "150";
    this.options = { pane: "basemap", renderer: L.canvas({ pane: "basemap", padding: 0.4 }), interactive: false };
    /** @type {{name: string, layer: import("leaflet").GeoJSON | import("leaflet").Path}[]} */
    this.layers = [];
    /** The turns of the world by which they are drawn off. @type {Set<number>} */
    this.turned = new Set();
    this.bounds = this.#add(0);
    map.on("moveend", () => this.#turn());
    this.graticule = new Graticule(map);
  }

  /** Draw the vectors by so many turns of the world off. @param {number} turn @returns {import("leaflet").LatLngBounds} of them */
  #add(turn) {
    this.turned.add(turn);
    const all = L.latLngBounds([]);
    const added = [];
    for (const [name, geojson] of Object.entries(this.geojson)) {
      /** @param {[number, number]} position */
      const coordsToLatLng = ([lng, lat]) => L.latLng(lat, lng + 360 * turn);
      const layer = L.geoJSON(geojson, /** @type {any} */ ({ ...this.options, filter: goesSomewhere, coordsToLatLng }));
      const bounds = layer.getBounds();
      layer.eachLayer((shape) => quicken(this.map, shape));
      added.push({ name, layer });
      if (bounds.isValid()) all.extend(bounds);
      if (name === "land" && bounds.isValid() && !this.world)
        added.unshift({ name: "extent", layer: L.rectangle(bounds, this.options) });
    }
    for (const { layer } of added) layer.addTo(this.map);
    this.layers.push(...added);
    return all;
  }

  /** Draw the vectors wherever they come into sight. */
  #turn() {
    if (!this.bounds.isValid()) return;
    const view = this.map.getBounds();
    const [first, last] = turns(this.bounds.getWest(), this.bounds.getEast(), view.getWest(), view.getEast());
    let more = false;
    for (let turn = first; turn <= last; turn++) {
      if (this.turned.has(turn)) continue;
      this.#add(turn);
      more = true;
    }
    if (more) this.paint(this.palette);
  }

  /** Draw it in a theme's colours. @param {Palette} palette */
  paint(palette) {
    this.palette = palette;
    const { style } = this.map.getContainer();
    // Beyond the edge of a folder's own vectors nothing is known: no sea there.
    style.background = palette.water;
    if (this.layers[0]?.name === "extent")
      style.backgroundImage = `linear-gradient(${palette.nowhere}, ${palette.nowhere})`;
    for (const { name, layer } of this.layers) layer.setStyle(LAYERS[name](this.style.basemap, palette));
    this.graticule.paint(palette);
  }

  /** The colours for what lies upon it: the theme's, or those that suit the tiles. */
  get inks() {
    return this.#shown ? this.style.palettes[this.#shown.tone] : this.palette;
  }

  /** The parts of the attribution that is due while tiles are shown. @returns {[string, string][]} */
  get attribution() {
    return this.#shown?.attribution ?? [];
  }

  /** The online basemap whose tiles are shown. */
  get #shown() {
    return this.online === "shown" ? this.bases.find(({ slug }) => slug === this.slug) : undefined;
  }

  /**
   * Lay the tiles of an online basemap over the vectors, or none. A link asks no other server: its reader agrees first.
   * @param {string} slug @param {boolean} chosen whether the reader has chosen it, which is to agree
   */
  use(slug, chosen = false) {
    if (slug === this.slug && !(chosen && this.online === "not agreed")) return;
    this.slug = slug;
    this.tiles?.off().remove();
    this.tiles = null;
    const base = this.bases.find((one) => one.slug === slug);
    if (base && chosen) this.#agree(slug);
    if (base && this.#kept().has(slug)) this.#ask(base);
    else if (base) this.#become("not agreed");
    else this.#become(slug === BUILT_IN ? "built-in" : "not offered");
  }

  #kept() {
    try {
      return new Set([...this.agreed, ...(localStorage.getItem(AGREED) ?? "").split(" ")]);
    } catch {
      return this.agreed; // no storage is allowed here
    }
  }

  /** @param {string} slug */
  #agree(slug) {
    this.agreed.add(slug);
    try {
      localStorage.setItem(AGREED, [...this.#kept()].filter(Boolean).join(" "));
    } catch {
      // for as long as the page is open
    }
  }

  /** @param {Online} base */
  #ask({ url, subdomains, deepest }) {
    // OpenStreetMap refuses tiles to pages that do not say where they are; they learn the host, no more.
    this.tiles = L.tileLayer(url, { subdomains, maxNativeZoom: deepest, maxZoom: 19, referrerPolicy: "strict-origin" });
    let came = 0;
    this.tiles.on("loading", () => (came = 0));
    this.tiles.on("tileload", () => {
      came += 1;
      this.#become("shown");
    });
    this.tiles.on("tileerror", () => came || this.#become("unreachable"));
    this.#become("asking");
    this.tiles.addTo(this.map);
  }

  /** @param {Basemap["online"]} online */
  #become(online) {
    if (online === this.online) return;
    this.online = online;
    this.changed();
  }
}
