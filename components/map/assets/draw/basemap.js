/**
 * What lies under the rows: the vector basemap, drawn by Leaflet on a canvas of its own, and above it the tiles of an
 * online basemap where the visitor has chosen one. The vectors stay below, so that a tile that does not come leaves no hole.
 */

import { Graticule } from "./graticule.js";
import { PALETTES } from "./palette.js";

const STYLES = {
  extent: (c) => ({ stroke: true, color: c.governorate, weight: 1, fill: true, fillColor: c.water, fillOpacity: 1 }),
  land: (c) => ({ stroke: false, fill: true, fillColor: c.land, fillOpacity: 1 }),
  lakes: (c) => ({ stroke: false, fill: true, fillColor: c.water, fillOpacity: 1 }),
  rivers: (c) => ({ fill: false, color: c.river, weight: 1, opacity: 1 }),
  governorates: (c) => ({ fill: false, color: c.governorate, weight: 1, opacity: 1, dashArray: "3 3" }),
  borders: (c) => ({ fill: false, color: c.border, weight: 1.1, opacity: 1 }),
};
/** Where there is no map: neither land nor water. */
const NOWHERE = { light: "#e4e1da", dark: "#0a0d10" };
export const BUILT_IN = "vector";
/** Under which this browser keeps which online basemaps its reader has agreed to, by slug. */
const AGREED = "laydown:online";

/** Whether a line goes anywhere: one whose points are all the same would be drawn as a dot. */
function goesSomewhere({ geometry }) {
  const lines = { LineString: [geometry?.coordinates], MultiLineString: geometry?.coordinates }[geometry?.type];
  return !lines || lines.some((line) => line.some(([x, y]) => x !== line[0][0] || y !== line[0][1]));
}

/**
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
   * @param {Record<string, object>} layers GeoJSON by name
   * @param {Online[]} bases the online basemaps
   * @param {() => void} changed called when tiles begin or cease to cover the vectors, or fail to come
   */
  constructor(map, layers, bases, changed) {
    this.map = map;
    this.bases = bases;
    this.changed = changed;
    this.slug = BUILT_IN;
    /** What was agreed to here, where this browser keeps nothing. */
    this.agreed = new Set();
    /** @type {"built-in" | "not agreed" | "asking" | "shown" | "unreachable" | "not offered"} */
    this.online = "built-in";
    map.createPane("basemap").style.zIndex = "150";
    const options = { pane: "basemap", renderer: L.canvas({ pane: "basemap", padding: 0.4 }), interactive: false };
    this.layers = Object.entries(layers).map(([name, geojson]) => [
      name,
      L.geoJSON(geojson, { ...options, filter: goesSomewhere }),
    ]);
    const land = this.layers.find(([name]) => name === "land")?.[1].getBounds();
    if (land?.isValid()) this.layers.unshift(["extent", L.rectangle(land, options)]);
    for (const [, layer] of this.layers) layer.addTo(map);
    this.graticule = new Graticule(map);
  }

  /** Dress it in a theme's colours. */
  paint(palette) {
    this.palette = palette;
    const { style } = this.map.getContainer();
    const nowhere = NOWHERE[palette === PALETTES.dark ? "dark" : "light"];
    // Beyond the vectors' edge nothing is known: no sea there. A folder without a basemap is all water.
    style.background = palette.water;
    if (this.layers[0]?.[0] === "extent") style.backgroundImage = `linear-gradient(${nowhere}, ${nowhere})`;
    for (const [name, layer] of this.layers) layer.setStyle(STYLES[name](palette));
    this.graticule.paint(palette);
  }

  /** The colours for what lies upon it: the theme's, or those that suit the tiles. */
  get inks() {
    const base = this.bases.find(({ slug }) => slug === this.slug);
    return this.online === "shown" ? PALETTES[base.tone] : this.palette;
  }

  /** The parts of the attribution that is due while tiles are shown. @returns {[string, string][]} */
  get attribution() {
    return this.online === "shown" ? this.bases.find(({ slug }) => slug === this.slug).attribution : [];
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

  #agree(slug) {
    this.agreed.add(slug);
    try {
      localStorage.setItem(AGREED, [...this.#kept()].filter(Boolean).join(" "));
    } catch {
      // for as long as the page is open
    }
  }

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

  #become(online) {
    if (online === this.online) return;
    this.online = online;
    this.changed();
  }
}
