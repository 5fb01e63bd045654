/**
 * Incidents on the map. A few are drawn with care: those that share a place in a row above it, one symbol a kind
 * with a number, framed where only a region is known. Many are stamped, the newest of each spot: see stamps.js.
 */

import { Density } from "./density.js";
import { FAN } from "./fan.js";
import { Regions } from "./regions.js";
import { stamp } from "./symbols.js";

/**
 * @typedef {object} Mark one symbol, for one or several incidents of a kind at one place
 * @property {number} kind
 * @property {number} severity
 * @property {boolean} sure whether any of them is certainly within the window
 * @property {boolean} full whether any of them is told in full
 * @property {boolean} disputed
 * @property {number} count
 * @property {number} newest
 * @property {() => number[]} numbers the newest first
 */

const HIT = 3; // pixels beyond a symbol that answer to the pointer
const NEAREST = 9; // pixels within which a stamped one answers
export class Incidents {
  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.style = scene.style.incidents;
    this.step = scene.style.step;
    this.rows = scene.data.incidents;
    this.regions = new Regions(scene, this);
    this.density = new Density(scene);
    /** Whether there are too many to be drawn with care. */
    this.dense = false;
    /** Where they are stamped: by spot of the screen the newest incident, -1 for none; and the spots in a row. */
    this.spots = new Int32Array(0);
    this.columns = 0;
    this.kinds = scene.data.kinds.length;
    const slots = scene.places.length * this.kinds;
    this.count = new Uint32Array(slots);
    this.newest = new Int32Array(slots);
    this.worst = new Uint8Array(slots);
    this.sure = new Uint8Array(slots);
    this.disputed = new Uint8Array(slots);
    this.full = new Uint8Array(slots);
    /** The slots of shared places that are to be drawn. @type {number[]} */
    this.used = [];
    /** The incidents that are to be drawn by themselves. @type {number[]} */
    this.singles = [];
  }

  /** Find what is to be drawn: `used` slots of shared places and `singles`, or that there is too much of it. */
  gather() {
    const { scene, rows, count, newest, worst, sure, disputed, full, kinds } = this;
    const { scale, origin, size, ofIncident, x: xs, y: ys } = scene;
    const slice = scene.view.selection.incidents;
    const { pass, first, past, start } = slice;
    const { end_last, kind, severity } = rows;
    const { codes, combos } = rows.facets.disputed;
    const rivals = combos.map((combo) => combo.length);
    const [left, top] = origin;
    const { fine, few, margin } = this.style;
    for (const slot of this.used) count[slot] = 0;
    this.used = [];
    this.singles = [];
    const columns = Math.ceil(size.x / fine) + 2;
    /** @type {Set<number>} */
    const taken = new Set();
    this.dense = this.density.begin();
    if (this.dense) return;
    for (let i = past - 1; i >= first; i--) {
      if (!pass[i] || end_last[i] < start) continue;
      const x = xs[i] * scale - left;
      const y = ys[i] * scale - top;
      // A margin: a symbol off the edge still shows, and so does a region's frame.
      if (!(x > -margin && y > -margin && x < size.x + margin && y < size.y + margin)) continue;
      const place = ofIncident[i];
      if (place >= 0) {
        const slot = place * kinds + kind[i];
        if (count[slot]++ === 0) {
          this.used.push(slot);
          newest[slot] = i;
          worst[slot] = severity[i];
          sure[slot] = 0;
          disputed[slot] = 0;
          full[slot] = 0;
        } else if (severity[i] > worst[slot]) worst[slot] = severity[i];
        sure[slot] |= slice.certain(i) ? 1 : 0;
        disputed[slot] |= rivals[codes[i]];
        full[slot] ||= scene.isFull("incident", i) ? 1 : 0;
      } else {
        const spot = (Math.floor(y / fine) * columns + Math.floor(x / fine)) * kinds + kind[i];
        if (taken.has(spot)) continue;
        taken.add(spot);
        this.singles.push(i);
      }
      if (this.used.length + this.singles.length > few) {
        this.dense = true;
        return;
      }
    }
    this.used.sort((a, b) => a - b); // by place, and there by kind
  }

  /** The incidents whose areas are worth a circle: what was gathered, unless it is too much. */
  get located() {
    return this.dense ? [] : [...this.used.map((slot) => this.newest[slot]), ...this.singles];
  }

  /**
   * Draw what was gathered, but for the frames of regions, which need the sites' names in place first.
   * @param {import("./stamps.js").Stamps} stamps
   */
  draw(stamps) {
    this.regions.clear();
    if (this.density.drawn) {
      this.density.draw(stamps);
      this.#single();
      return;
    }
    if (this.dense) {
      this.#stampAll(stamps);
      return;
    }
    stamps.clear();
    const { scene, rows } = this;
    /** @type {{marks: Mark[], x: number, y: number}[]} */
    const full = [];
    /** Those told in full come last, over the others. @param {Mark[]} marks @param {number} x @param {number} y @param {number} up */
    const put = (marks, x, y, up) => {
      if (rows.precision(marks[0].newest) === "country") this.regions.add(marks, x, y);
      else if (marks.some((mark) => mark.full)) full.push({ marks, x, y: y - up });
      else this.drawRow(marks, x, y - up);
    };
    for (const i of this.singles) put([this.single(i)], ...scene.point([scene.x[i], scene.y[i]]), 0);
    for (const [place, slots] of this.#byPlace()) {
      const { sites, x, y } = scene.places[place];
      const marks = slots.map((slot) => this.#shared(place, slot));
      put(marks, ...scene.point([x, y]), sites.some((s) => scene.isMarked(s)) ? this.step : 0);
    }
    for (const { marks, x, y } of full) this.drawRow(marks, x, y);
  }

  /** Over the squares, the symbols of what is selected or pointed at. */
  #single() {
    const { scene } = this;
    const { selected, pointed, selection } = scene.view;
    for (const row of [pointed, selected]) {
      if (row?.type !== "incident" || !selection.incidents.has(row.number)) continue;
      const i = row.number;
      if (!Number.isNaN(scene.x[i])) this.drawMark(this.single(i), ...scene.point([scene.x[i], scene.y[i]]));
    }
  }

  drawRegions() {
    this.regions.draw();
  }

  #byPlace() {
    /** @type {Map<number, number[]>} */
    const byPlace = new Map();
    for (const slot of this.used) {
      const place = Math.floor(slot / this.kinds);
      byPlace.set(place, [...(byPlace.get(place) ?? []), slot]);
    }
    return byPlace;
  }

  /** The mark of one incident. @param {number} i @returns {Mark} */
  single(i) {
    const { scene, rows } = this;
    const sure = scene.view.selection.incidents.certain(i);
    const disputed = scene.isDisputed(rows, i);
    const [kind, severity, full] = [rows.kind[i], rows.severity[i], scene.isFull("incident", i)];
    return { kind, severity, sure, full, disputed, count: 1, newest: i, numbers: () => [i] };
  }

  /** The mark of all incidents of a kind at a shared place. @param {number} place @param {number} slot @returns {Mark} */
  #shared(place, slot) {
    const kind = slot % this.kinds;
    const numbers = () =>
      this.scene.view.selection.incidents.numbers
        .filter((i) => this.scene.ofIncident[i] === place && this.rows.kind[i] === kind)
        .reverse();
    const [severity, sure, disputed] = [this.worst[slot], this.sure[slot] === 1, this.disputed[slot] > 0];
    const full = this.full[slot] === 1;
    return { kind, severity, sure, full, disputed, count: this.count[slot], newest: this.newest[slot], numbers };
  }

  /** Draw marks side by side about a point. @param {Mark[]} marks @param {number} x @param {number} y */
  drawRow(marks, x, y) {
    let middle = x - this.rowWidth(marks) / 2 + this.step / 2;
    for (const mark of marks) {
      this.drawMark(mark, middle, y);
      middle += this.step + this.#more(mark);
    }
  }

  /** How wide a row of marks is: the next clears the last one's number. @param {Mark[]} marks */
  rowWidth(marks) {
    return marks.reduce((sum, mark, n) => sum + this.step + (n < marks.length - 1 ? this.#more(mark) : 0), 0);
  }

  /** How much further than usual what stands right of a mark lies. @param {Mark} mark */
  #more({ count }) {
    return this.style.digit * (String(count).length - 1);
  }

  /** @param {number} kind @param {number} size @param {boolean} sure @param {boolean} full */
  #sprite(kind, size, sure, full) {
    const { scene } = this;
    const { shape, colour } = scene.data.kinds[kind];
    return scene.symbols.sprite(
      shape,
      scene.ink(colour, full),
      size,
      scene.view.palette.edge,
      scene.strength(sure, full),
    );
  }

  /** @param {Mark} mark @param {number} x @param {number} y @param {number} [rank] see Hit */
  drawMark({ kind, severity, sure, full, disputed, count, newest, numbers }, x, y, rank = 0) {
    const { scene, style } = this;
    const { context, view, labels, hits } = scene;
    const size = (full ? style.sizes : scene.style.pale.incidents)[severity];
    const reach = size / 2;
    stamp(context, this.#sprite(kind, size, sure, full), x, y);
    labels.reserve(x, y, reach);
    hits.push({
      type: "incident",
      x,
      y,
      reach: reach + HIT,
      rank,
      rows: () => numbers().map((number) => ({ type: "incident", number })),
    });
    if (count > 1) {
      const [left, low] = [x + reach + style.count[0], y + reach + style.count[1]];
      scene.badge(count, left, low);
      labels.reserve(left + style.count_room[0], low, style.count_room[1]);
    }
    if (disputed && full) scene.dispute(x + reach + style.sign[0], y - reach + style.sign[1]);
    if (
      view.selected?.type === "incident" &&
      (newest === view.selected.number || (count > 1 && numbers().includes(view.selected.number)))
    ) {
      scene.ring(x, y, reach + style.ring);
    }
  }

  /**
   * Stamp the newest incident of each spot, whatever it shares its place with.
   * @param {import("./stamps.js").Stamps} stamps
   */
  #stampAll(stamps) {
    const { scene, rows } = this;
    const { coarse, small_sizes, ring_stamped } = this.style;
    const sizes = [scene.style.pale.incidents_small, small_sizes];
    const { scale, origin, size, x: xs, y: ys } = scene;
    const { pass, first, past, start, end } = scene.view.selection.incidents;
    const { end_last, end_first, start_last, kind, severity } = rows;
    const [left, top] = origin;
    const { x: width, y: height } = size;
    const columns = Math.ceil(width / coarse);
    const cells = columns * Math.ceil(height / coarse);
    if (this.spots.length !== cells) this.spots = new Int32Array(cells);
    this.spots.fill(-1);
    this.columns = columns;
    const { spots } = this;
    const per = 1 / coarse;
    const ratio = devicePixelRatio;
    stamps.begin(Math.round(width * ratio), Math.round(height * ratio));
    const sprites = [];
    for (let k = 0; k < this.kinds; k++) {
      for (const severity of [0, 1, 2])
        for (const sure of [false, true])
          for (const full of [false, true]) sprites.push(this.#sprite(k, sizes[Number(full)][severity], sure, full));
    }
    let free = cells;
    for (let i = past - 1; i >= first && free; i--) {
      if (pass[i] === 0 || end_last[i] < start) continue;
      const x = xs[i] * scale - left;
      const y = ys[i] * scale - top;
      if (!(x >= 0 && y >= 0 && x < width && y < height)) continue;
      const spot = ((y * per) | 0) * columns + ((x * per) | 0);
      if (spots[spot] >= 0) continue;
      spots[spot] = i;
      free--;
      const sure = start_last[i] <= end && end_first[i] >= start;
      const full = scene.isFull("incident", i);
      const look = ((kind[i] * 3 + severity[i]) * 2 + Number(sure)) * 2 + Number(full);
      stamps.put(sprites[look], x * ratio, y * ratio);
    }
    stamps.end();
    const { selected } = scene.view;
    if (selected?.type === "incident" && selected.number >= 0) {
      const [x, y] = scene.point([xs[selected.number], ys[selected.number]]);
      scene.ring(x, y, ring_stamped);
    }
  }

  /** Where they are stamped: the incident nearest to a point of the map, or -1. @param {number} x @param {number} y */
  nearest(x, y) {
    if (!this.dense || this.density.drawn) return -1;
    const { scene, spots, columns } = this;
    let best = -1;
    let least = NEAREST;
    const { coarse } = this.style;
    const [column, row] = [Math.floor(x / coarse), Math.floor(y / coarse)];
    for (let r = Math.max(0, row - 2); r <= row + 2; r++) {
      for (let c = Math.max(0, column - 2); c <= Math.min(column + 2, columns - 1); c++) {
        const i = spots[r * columns + c] ?? -1;
        if (i < 0) continue;
        const [px, py] = scene.point([scene.x[i], scene.y[i]]);
        const far = Math.hypot(px - x, py - y);
        if (far < least) [best, least] = [i, far];
      }
    }
    return best;
  }

  /** Where they are stamped: all incidents within a few pixels of that one, newest first, as many as a fan holds. @param {number} number */
  around(number) {
    const { scene } = this;
    const slice = scene.view.selection.incidents;
    const near = this.style.coarse / scene.scale;
    const [x, y] = [scene.x[number], scene.y[number]];
    /** @type {number[]} */
    const found = [];
    for (let i = slice.past - 1; i >= slice.first && found.length < FAN; i--) {
      if (Math.abs(scene.x[i] - x) <= near && Math.abs(scene.y[i] - y) <= near && slice.has(i)) found.push(i);
    }
    return found;
  }
}
