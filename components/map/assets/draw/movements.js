/** Movements on the map: their arrows, the names of where they end, and the sign of a disagreement. */

import { pixelsPerKm, world } from "../data/places.js";
import { arrowPath, drawArrow, moveColour, plainColour } from "./arrows.js";

/** @typedef {import("./arrows.js").Path} Path */

const HIT = 7; // pixels about a point of the line that answer to the pointer

/**
 * Where a movement begins, or ends; null where that is not known.
 * @param {import("../data/dataset.js").Ends} ends @param {number} m
 */
export function placed({ lat, lon, precision, radius }, m) {
  const [north, east] = [lat[m], lon[m]];
  if (north === null || east === null) return null;
  return { lat: north, lon: east, precision: precision[m], radius: radius[m] ?? 0 };
}

export class Movements {
  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.style = scene.style.movements;
    this.rows = scene.data.movements;
    /** Where they begin, and where they end: columns. */
    this.ends = [this.rows.origin, this.rows.destination];
    /** @type {Map<number, Path | null>} */
    this.paths = new Map();
    /** @type {Path["points"][]} the lines on which sources disagree */
    this.disputed = [];
  }

  /** Find the paths of those on view. */
  gather() {
    this.paths = new Map(this.scene.view.selection.movements.numbers.map((m) => [m, this.path(m)]));
  }

  /** A movement's arrow on the screen as it is now. @param {number} m */
  path(m) {
    const [origin, target] = this.endsOf(m);
    return arrowPath(origin, target, m, this.style);
  }

  /** Where a movement begins, and where it ends, in pixels; null: not stated. @param {number} m */
  endsOf(m) {
    const { scene } = this;
    return this.ends.map((ends) => {
      const end = placed(ends, m);
      if (!end) return null;
      const exact = end.precision === "site" || end.precision === "town";
      const edge = exact ? 0 : end.radius * pixelsPerKm(end.lat, scene.zoom);
      return { at: scene.point(world(end.lat, end.lon)), edge };
    });
  }

  draw() {
    const { scene, style, rows } = this;
    const { context, data, view, hits } = scene;
    const { numbers, sure } = view.selection.movements;
    const dimmed = view.selected?.type === "movement";
    this.disputed = [];
    // What is told in full lies over the rest, and what is selected over all.
    /** @param {number} m */
    const rank = (m) => (scene.isSelected("movement", m) ? 2 : Number(scene.isFull("movement", m)));
    const order = numbers.map((m, n) => ({ m, n })).sort((a, b) => rank(a.m) - rank(b.m) || a.n - b.n);
    for (const { m, n } of order) {
      const path = this.paths.get(m);
      if (!path?.points.some((point) => scene.onScreen(point))) continue;
      const [selected, full] = [scene.isSelected("movement", m), scene.isFull("movement", m)];
      const { land } = view.palette;
      const look = {
        colour: full ? moveColour(data, m, land) : scene.ink(plainColour(data, m), false),
        halo: view.palette.halo,
        line: style.lines[rows.moved[m]],
        weight: full ? 1 : scene.style.pale.line,
        moved: rows.high[m] ?? rows.low[m] ?? 0,
        range: rows.low[m] !== null && rows.high[m] !== null && rows.low[m] !== rows.high[m],
        strength: scene.strength(sure[n], full) * (selected || !dimmed ? 1 : style.dimmed),
        selected,
        progress: progress(rows, m, view.end),
      };
      const width = drawArrow(context, path, look, style);
      scene.labels.reserveLine(path.points, width / 2);
      scene.labels.reserve(...path.points[path.points.length - 1], full ? style.head_room : style.head_room / 2);
      if (full && scene.isDisputed(rows, m)) this.disputed.push(path.points);
      for (const [x, y] of path.points) {
        hits.push({ type: "movement", x, y, reach: HIT, rank: 2, rows: () => [{ type: "movement", number: m }] });
      }
    }
  }

  /** Name where movements end, where nothing on view does: the areas they end in, and the sites that filters hide. */
  nameEnds() {
    const { scene, style } = this;
    const { labels, fonts } = scene;
    const colour = scene.view.palette.label;
    /** @type {Set<string>} */
    const named = new Set();
    const near = scene.zoom >= scene.style.pale.named_zoom;
    const all = [...this.paths];
    const full = all.filter(([m]) => scene.isFull("movement", m));
    for (const [m, path] of near ? [...full, ...all.filter((one) => !full.includes(one))] : full) {
      if (!path) continue;
      const selected = scene.isSelected("movement", m);
      this.ends.forEach((ends, n) => {
        const { name, site } = ends;
        const end = placed(ends, m);
        if (!end || named.has(name[m]) || this.#isNamed(site[m])) return;
        const area = path.vague[n];
        // Whence: the line fades, the rest is in its card. A place that is no site is a town of the map's.
        if (area ? n === 0 && !selected : site[m] < 0) return;
        const [x, y] = area ? path.points[n && path.points.length - 1] : scene.point(world(end.lat, end.lon));
        if (!scene.onScreen([x, y], 0)) return;
        named.add(name[m]);
        if (area) labels.centred(name[m], x, y + style.end_below, { font: fonts.area, colour, stray: style.end_stray });
        else if (labels.beside(name[m], x, y, { font: fonts.plain, colour, gap: style.end_gap }) === "beside")
          scene.dot(x, y);
      });
    }
  }

  /** Whether a site tells its own name on the map. @param {number} s */
  #isNamed(s) {
    const { data, view } = this.scene;
    if (s < 0 || !view.selection.sites.includes(s)) return false;
    const { status } = view.states[s];
    return data.sites.precision[s] !== "undisclosed" || (status !== "former" && status !== "unknown");
  }

  /** Sign the movements on which sources disagree, near their middle where no name stands. */
  drawSigns() {
    const { scene } = this;
    const { signed, sign } = this.style;
    const { reach } = scene.style.sign;
    for (const points of this.disputed) {
      const spots = signed.map((n) => /** @type {const} */ ([points[n][0] + sign[0], points[n][1] + sign[1]]));
      const spot = spots.find(([x, y]) => scene.labels.room(x, y, reach, reach, 0));
      if (spot) scene.dispute(...spot); // hovering tells it too
    }
  }
}

/**
 * How far a movement had come on a day, 0–1; null where it had not begun or was over.
 * @param {import("./scene.js").Data["movements"]} rows @param {number} m @param {number} day
 */
function progress(rows, m, day) {
  const [start, end] = [rows.start_first[m], rows.end_last[m]];
  return day >= start && day <= end ? (day - start + 1) / (end - start + 2) : null;
}
