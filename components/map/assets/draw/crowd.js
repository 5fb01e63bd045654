/**
 * Many sites that would lie on one another: small squares on a grid, each in the colour of who holds most of the sites
 * in its cell. As components/picture/crowd.py, by tests/cases/crowd.json; CrowdStyle in map/style.py says when.
 */

import { outlined } from "./style.js";

/** @typedef {import("../data/posture.js").SiteState} SiteState */
/** @typedef {{sites: number[], x: number, y: number}} Cell */

const HIT = 4; // pixels about a square's middle that answer to the pointer, besides its cell

/** A number for each cell of a grid over the world. @param {number} x @param {number} y @param {number} side */
const cellOf = (x, y, side) => Math.floor(y / side) * 2 ** 26 + Math.floor(x / side);

/**
 * Whether points would lie on one another as symbols of `size` pixels.
 * @param {[number, number][]} points in the world's pixels @param {import("./style.js").CrowdStyle} style @param {number} size
 */
export function isCrowded(points, { few, most, share }, size) {
  if (points.length <= few || points.length > most) return points.length > few;
  /** @type {Map<number, number>} */
  const cells = new Map();
  for (const [x, y] of points) cells.set(cellOf(x, y, size), (cells.get(cellOf(x, y, size)) ?? 0) + 1);
  let sharing = 0;
  for (const count of cells.values()) if (count > 1) sharing += count;
  return sharing > share * points.length;
}

/**
 * Who holds most of some sites, the first in the order of forces where several do; -1 where nobody holds any. Possible
 * where it only possibly holds every one of its own.
 * @param {number[]} sites @param {(s: number) => Pick<SiteState, "force" | "possible">} stateOf
 * @returns {{force: number, possible: boolean}}
 */
export function mostHeldBy(sites, stateOf) {
  /** @type {Map<number, {count: number, possible: boolean}>} */
  const held = new Map();
  for (const s of sites) {
    const { force, possible } = stateOf(s);
    if (force < 0) continue;
    const there = held.get(force);
    if (!there) held.set(force, { count: 1, possible });
    else {
      there.count += 1;
      there.possible &&= possible;
    }
  }
  let [force, most] = [-1, 0];
  for (const [one, { count }] of held)
    if (count > most || (count === most && one < force)) [force, most] = [one, count];
  return { force, possible: held.get(force)?.possible ?? false };
}

export class Crowd {
  /** Whether the sites on view are drawn so. */
  here = false;
  /** Where the map stood when the cells were gathered. @type {number[]} */
  #at = [];
  /** And the sites then on view. @type {number[]} */
  #sites = [];
  /** The cells by their number: the sites of each, and where on the map its square's corner is. @type {Map<number, Cell>} */
  #cells = new Map();
  /** Those on view that have no square. @type {number[]} */
  secret = [];

  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.style = scene.style.crowd;
  }

  /** Find out whether the sites are too many for symbols. Which they are depends on the map and the filters, not on the days. */
  gather() {
    const { scene } = this;
    const { sites } = scene.view.selection;
    const { scale, origin, size } = scene;
    const at = [scale, ...origin, size.x, size.y];
    const still = at.every((value, n) => value === this.#at[n]) && sites.length === this.#sites.length;
    if (still && sites.every((s, n) => s === this.#sites[n])) return;
    this.#at = at;
    this.#sites = sites;
    this.#cells = new Map();
    this.secret = [];
    /** @type {number[]} */
    const seen = [];
    /** @type {[number, number][]} */
    const points = [];
    for (const s of sites) {
      const place = scene.places[scene.ofSite[s]];
      if (scene.data.sites.precision[s] === "undisclosed") this.secret.push(s);
      if (!place || scene.data.sites.precision[s] === "undisclosed") continue;
      const [x, y] = [place.x * scale, place.y * scale];
      if (!scene.onScreen([x - origin[0], y - origin[1]])) continue;
      seen.push(s);
      points.push([x, y]);
    }
    this.here = isCrowded(points, this.style, scene.style.sites.size);
    if (!this.here) return;
    const { cell: side, square } = this.style;
    /** On whole pixels of the screen, so that squares are sharp. @param {number} at @param {number} from */
    const corner = (at, from) =>
      Math.round((Math.floor(at / side) * side - from + (side - square) / 2) * devicePixelRatio) / devicePixelRatio;
    seen.forEach((s, n) => {
      const [x, y] = points[n];
      const cell = cellOf(x, y, side);
      const there = this.#cells.get(cell);
      if (there) there.sites.push(s);
      else this.#cells.set(cell, { sites: [s], x: corner(x, origin[0]), y: corner(y, origin[1]) });
    });
  }

  /** Draw a square for each cell, those of one look together. */
  draw() {
    const { scene, style } = this;
    const { context, data, view } = scene;
    const count = data.forces.length + 1;
    /** By look: whether it is told in full, whether it is sure, and whose it is. @type {Cell[][]} */
    const looks = Array.from({ length: 4 * count }, () => []);
    const stateOf = (/** @type {number} */ s) => view.states[s];
    for (const cell of this.#cells.values()) {
      const { sites } = cell;
      const { force, possible } = sites.length > 1 ? mostHeldBy(sites, stateOf) : stateOf(sites[0]);
      const full = sites.length > 1 ? sites.some((s) => this.#isFull(s)) : this.#isFull(sites[0]);
      looks[(Number(full) * 2 + Number(!possible)) * count + force + 1].push(cell);
    }
    const { square, empty } = style;
    looks.forEach((cells, look) => {
      if (!cells.length) return;
      const force = (look % count) - 1;
      const [sure, full] = [Math.floor(look / count) % 2 === 1, look >= 2 * count];
      const colour = force < 0 ? scene.ink(view.palette.label, full) : scene.forceColour(force, full);
      if (force < 0) {
        for (const { x, y } of cells) outlined(context, empty, colour, () => context.strokeRect(x, y, square, square));
        return;
      }
      context.fillStyle = colour;
      context.globalAlpha = scene.strength(sure, full);
      for (const { x, y } of cells) context.fillRect(x, y, square, square);
      context.globalAlpha = 1;
    });
  }

  /** Whether a site is told in full; where the map shows changes, whether it changed. @param {number} s */
  #isFull(s) {
    const { view } = this.scene;
    return view.marks === "changes" ? view.states[s].change !== "" : this.scene.isFull("site", s);
  }

  /** The sites whose square is at a point of the map, or nearest beside it. @param {number} x @param {number} y @returns {number[]} */
  at(x, y) {
    if (!this.here) return [];
    const { origin } = this.scene;
    for (const [right, down] of [
      [0, 0],
      [-HIT, 0],
      [HIT, 0],
      [0, -HIT],
      [0, HIT],
    ]) {
      const found = this.#cells.get(cellOf(x + origin[0] + right, y + origin[1] + down, this.style.cell));
      if (found) return found.sites;
    }
    return [];
  }
}
