/** The names of countries, governorates and towns, where the rows leave room. */

import { called } from "../data/names.js";
import { world } from "../data/places.js";

/** The width of the world's square. */
const WORLD = 256;

/**
 * @typedef {object} PlaceName what the basemap document brings
 * @property {string} name @property {string} name_ar @property {"country" | "governorate" | string} kind
 * @property {number} population @property {number} lat @property {number} lon
 */

export class PlaceNames {
  /** @param {import("./scene.js").Scene} scene @param {PlaceName[]} names countries first, then by population */
  constructor(scene, names) {
    this.scene = scene;
    this.style = scene.style.basemap;
    this.names = names.map((name) => ({ ...name, at: world(name.lat, name.lon) }));
  }

  draw() {
    const { scene, style } = this;
    const { zoom, view, labels, fonts } = scene;
    const colour = view.palette.label;
    const spacing = `${scene.style.labels.fonts.country.spacing}px`;
    const [first, past] = style.country_zooms;
    const stray = style.country_stray * Math.min(1, 2 ** (zoom - style.stray_zoom));
    const middle = (scene.origin[0] + scene.size.x / 2) / scene.scale;
    for (const { kind, name, name_ar, population, at } of this.names) {
      // Of all turns of the world the one that is nearest to what is looked at.
      const [x, y] = scene.point([at[0] - WORLD * Math.round((at[0] - middle) / WORLD), at[1]]);
      if (!scene.onScreen([x, y], 0)) continue;
      if (kind === "country") {
        if (zoom < first || zoom >= past) continue;
        const [text] = called(name, name_ar, view.lang, false);
        // Letters that join, as Arabic's, are not set apart.
        const apart = text === name ? spacing : "0px";
        labels.centred(text.toUpperCase(), x, y, { font: fonts.country, colour, spacing: apart, stray });
        continue;
      }
      const [text, under] = called(name, name_ar, view.lang, zoom >= style.arabic_zoom);
      if (kind === "governorate") {
        if (zoom >= style.governorate_zoom) labels.centred(text, x, y, { font: fonts.area, colour, under });
      } else if (style.town_zooms.some(([people, from]) => population >= people && zoom >= from)) {
        const beside = labels.beside(text, x, y, { font: fonts.plain, colour, gap: style.town_gap, under });
        if (beside === "beside") scene.dot(x, y);
      }
    }
  }
}
