/** The circles within which imprecise places lie, one for each place, precision and radius. */

import { pixelsPerKm, world } from "../data/places.js";
import { placed } from "./movements.js";
import { contextOf, outlined } from "./style.js";

/**
 * @typedef {object} Area
 * @property {[number, number]} at in the world's square
 * @property {number} lat
 * @property {string} precision
 * @property {number} radius km
 * @property {boolean} selected
 * @property {boolean} full whether what lies in it is told in full
 * @property {number} site the first site's number, -1 where none lies in it
 */

export class Areas {
  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.style = scene.style.areas;
    /** A circle that ends nearer to its square than this is not seen. */
    this.least = scene.style.sites.size / 2 + this.style.least;
    this.context = contextOf(scene.canvas);
  }

  draw() {
    for (const area of this.#gathered()) this.#draw(area);
  }

  /** The areas of sites, incidents, and the movements' ends that the arrows stop at. @returns {Iterable<Area>} */
  #gathered() {
    const { data, view, places, ofSite, movements, incidents: shown, x, y } = this.scene;
    /** @type {Map<string, Area>} */
    const areas = new Map();
    /** @param {Area} area */
    const add = (area) => {
      if (area.precision === "site" || !area.precision) return;
      const key = `${area.at.map((unit) => unit.toFixed(3))} ${area.precision} ${area.radius}`;
      const there = areas.get(key);
      if (!there) areas.set(key, area);
      else {
        there.selected ||= area.selected;
        there.full ||= area.full;
      }
    };
    const { sites, incidents } = data;
    for (const s of this.scene.sites.single) {
      const { status } = view.states[s];
      if (status === "unknown" || status === "former" || ofSite[s] < 0) continue;
      const place = places[ofSite[s]];
      const selected = this.scene.isSelected("site", s);
      const [precision, radius] = [sites.precision[s], sites.radius[s] ?? 0];
      add({
        at: [place.x, place.y],
        lat: place.lat,
        precision,
        radius,
        selected,
        full: this.scene.isFull("site", s),
        site: s,
      });
    }
    for (const i of shown.located) {
      const selected = this.scene.isSelected("incident", i);
      const [precision, radius] = [incidents.precision(i), incidents.radius(i)];
      const full = this.scene.isFull("incident", i);
      add({ at: [x[i], y[i]], lat: incidents.lat[i], precision, radius, selected, full, site: -1 });
    }
    for (const [m, path] of movements.paths) {
      const selected = this.scene.isSelected("movement", m);
      for (const [n, ends] of movements.ends.entries()) {
        const end = placed(ends, m);
        if (!path?.vague[n] || !end || !(path.rims[n] || selected)) continue;
        const full = this.scene.isFull("movement", m);
        add({ ...end, at: world(end.lat, end.lon), selected, full, site: -1 });
      }
    }
    return areas.values();
  }

  /** @param {Area} area */
  #draw({ at, lat, precision, radius, selected, full, site }) {
    const { scene, context, style } = this;
    const [x, y] = scene.point(at);
    const reach = radius * pixelsPerKm(lat, scene.zoom);
    if (reach < this.least || !scene.onScreen([x, y], reach)) return;
    const undisclosed = precision === "undisclosed";
    const state = undisclosed && site >= 0 ? scene.view.states[site] : null;
    const wide = precision === "country" || reach > style.wide;
    const held = state !== null && state.force >= 0;
    const force = held ? state.force : (state?.previous ?? -1);
    const colour = state ? scene.forceColour(force) : scene.view.palette.label;
    const plain = wide ? "wide" : "plain";
    const fill = selected ? (wide && !undisclosed ? "selected wide" : "selected") : held ? "held" : plain;
    const part = full ? 1 : scene.style.pale.area;
    const { width, dash, strength } = style.outlines[undisclosed ? "undisclosed" : plain];
    const outline = selected ? { ...style.selected, dash } : { width, dash, strength: strength * part };
    context.beginPath();
    context.arc(x, y, reach, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.globalAlpha = style.fills[fill] * part;
    context.fill();
    outlined(context, outline, colour, () => context.stroke());
  }
}
