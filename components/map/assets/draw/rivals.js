/**
 * Where other sources say that the selected movement led, or that the selected site lies: ghosts, dashed and pale, each
 * with who says so. components/picture/rivals.py draws the same.
 *
 * @typedef {object} Rival what view/rivals.py finds
 * @property {string} row such as "site:qasrak"
 * @property {"origin" | "destination" | "place"} side
 * @property {number} lat @property {number} lon @property {string} precision @property {number} radius km
 * @property {string} claimant
 * @property {number} public the day by which it was public
 */

import { pixelsPerKm, world } from "../data/places.js";
import { arrowPath, headLength, plainColour } from "./arrows.js";
import { outlined } from "./style.js";

/**
 * The rivals of a row that were public by a day.
 * @param {import("./scene.js").Data} data @param {import("./scene.js").Row | null | undefined} row
 * @param {{day: number} | null} known null: all
 * @returns {Rival[]}
 */
export function rivalsOf({ rivals, sites, movements }, row, known) {
  if (!row || row.type === "incident") return [];
  const key = `${row.type}:${(row.type === "site" ? sites : movements).id[row.number]}`;
  return rivals.filter((rival) => rival.row === key && (!known || rival.public <= known.day));
}

export class Rivals {
  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.style = scene.style.rivals;
  }

  draw() {
    const { selected, rivals } = this.scene.view;
    if (!selected) return;
    rivals.forEach((rival, n) => {
      if (selected.type === "movement") this.#arrow(selected.number, rival, n);
      else this.#place(selected.number, rival);
    });
  }

  /** @param {Rival} rival */
  #end({ lat, lon, precision, radius }) {
    const { scene } = this;
    const rough = precision !== "site" && precision !== "town";
    return { at: scene.point(world(lat, lon)), edge: rough ? radius * pixelsPerKm(lat, scene.zoom) : 0 };
  }

  /** @param {number} m @param {Rival} rival @param {number} n which of the rivals it is: they bend apart */
  #arrow(m, rival, n) {
    const { scene, style } = this;
    const { context, data } = scene;
    const ends = scene.movements.endsOf(m);
    ends[rival.side === "origin" ? 0 : 1] = this.#end(rival);
    const path = arrowPath(ends[0], ends[1], m + 1 + n, scene.style.movements);
    const colour = scene.ink(plainColour(data, m), false);
    const points = path?.points ?? [];
    const tip = points[points.length - 1];
    if (!tip || Math.hypot(tip[0] - points[0][0], tip[1] - points[0][1]) < style.short) {
      this.#ring(rival, colour); // too near for an arrow
      return;
    }
    const before = points[points.length - 4];
    const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
    const head = headLength(scene.style.movements, style.line.width);
    /** @param {number} turn @returns {import("./style.js").Pair} */
    const barb = (turn) => [tip[0] - head * Math.cos(angle + turn), tip[1] - head * Math.sin(angle + turn)];
    context.lineJoin = "round";
    const { barb: turn } = scene.style.movements;
    for (const [line, outline] of /** @type {[import("./style.js").Pair[], import("./style.js").Outline][]} */ ([
      [points, style.line],
      [[barb(-turn), tip, barb(turn)], { ...style.line, dash: [] }],
    ])) {
      context.beginPath();
      context.moveTo(...line[0]);
      for (const point of line.slice(1)) context.lineTo(...point);
      outlined(context, outline, colour, () => context.stroke());
    }
    scene.labels.reserveLine(points, style.line.width);
    const [x, y] = rival.side === "origin" ? points[0] : tip;
    this.#say(rival, x, y);
  }

  /** @param {number} s @param {Rival} rival */
  #place(s, rival) {
    const { scene } = this;
    const { force, previous } = scene.view.states[s];
    const own = scene.where({ type: "site", number: s });
    if (own) scene.leader(...own, ...this.#end(rival).at);
    this.#ring(rival, scene.forceColour(force >= 0 ? force : previous, false));
  }

  /** @param {Rival} rival @param {string} colour */
  #ring(rival, colour) {
    const { scene, style } = this;
    const { at, edge } = this.#end(rival);
    scene.context.beginPath();
    scene.context.arc(...at, Math.max(edge, style.least), 0, 2 * Math.PI);
    outlined(scene.context, style.line, colour, () => scene.context.stroke());
    this.#say(rival, ...at);
  }

  /** @param {Rival} rival @param {number} x @param {number} y */
  #say({ claimant }, x, y) {
    const { scene, style } = this;
    const look = { font: scene.fonts.area, colour: scene.view.palette.strong, stray: style.stray };
    scene.labels.centred(claimant, x, y + style.below, { ...look, under: scene.data.words.rival });
  }
}
