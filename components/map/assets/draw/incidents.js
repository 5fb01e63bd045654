/**
 * Incidents on the map. A few are drawn with care: those that share a place in a row above it, one symbol a kind
 * with a number, framed where only a region is known. Many are stamped, the newest of each spot: see stamps.js.
 */

import { pixelsPerKm } from "../data/places.js";
import { legible } from "./palette.js";
import { stamp } from "./symbols.js";

/** An incident's size by severity: no one hurt, someone, ten or more killed. */
const SIZES = [12, 14, 17];
const SMALL_SIZES = [8, 10, 13]; // where they are many
export const STEP = 16; // pixels between symbols that share a place
const FEW = 1500; // symbols: beyond this they are stamped
const FINE = 3; // pixels: of single incidents nearer than this only the newest is drawn
const COARSE = 5; // the same where they are stamped: half a symbol's width
const FAN = 60; // incidents a fan shows
const FAINT = 0.45;

export class Incidents {
  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.rows = scene.data.incidents;
    this.kinds = scene.data.kinds.length;
    const slots = scene.places.length * this.kinds;
    this.count = new Uint32Array(slots);
    this.newest = new Int32Array(slots);
    this.worst = new Uint8Array(slots);
    this.sure = new Uint8Array(slots);
    this.disputed = new Uint8Array(slots);
    this.used = [];
    this.fan = null;
  }

  /** Find what is to be drawn: `used` slots of shared places and `singles`, or that there is too much of it. */
  gather() {
    const { scene, rows, count, newest, worst, sure, disputed, kinds } = this;
    const { scale, origin, size, ofIncident, x: xs, y: ys } = scene;
    const slice = scene.view.selection.incidents;
    const { pass, first, past, start } = slice;
    const { end_last, kind, severity } = rows;
    const { codes, combos } = rows.facets.disputed;
    const rivals = combos.map((combo) => combo.length);
    const [left, top] = origin;
    for (const slot of this.used) count[slot] = 0;
    this.used = [];
    this.singles = [];
    const columns = Math.ceil(size.x / FINE) + 2;
    const taken = new Set();
    this.dense = false;
    for (let i = past - 1; i >= first; i--) {
      if (!pass[i] || end_last[i] < start) continue;
      const x = xs[i] * scale - left;
      const y = ys[i] * scale - top;
      // A margin: a symbol off the edge still shows, and so does a region's frame.
      if (!(x > -60 && y > -60 && x < size.x + 60 && y < size.y + 60)) continue;
      const place = ofIncident[i];
      if (place >= 0) {
        const slot = place * kinds + kind[i];
        if (count[slot]++ === 0) {
          this.used.push(slot);
          newest[slot] = i;
          worst[slot] = severity[i];
          sure[slot] = 0;
          disputed[slot] = 0;
        } else if (severity[i] > worst[slot]) worst[slot] = severity[i];
        sure[slot] |= slice.certain(i) ? 1 : 0;
        disputed[slot] |= rivals[codes[i]];
      } else {
        const spot = (Math.floor(y / FINE) * columns + Math.floor(x / FINE)) * kinds + kind[i];
        if (taken.has(spot)) continue;
        taken.add(spot);
        this.singles.push(i);
      }
      if (this.used.length + this.singles.length > FEW) {
        this.dense = true;
        return;
      }
    }
  }

  /** The incidents whose areas are worth a circle: what was gathered, unless it is too much. */
  get located() {
    return this.dense ? [] : [...this.used.map((slot) => this.newest[slot]), ...this.singles];
  }

  /** Draw what was gathered, but for the frames of regions, which need the sites' names in place first. */
  draw(stamps) {
    if (this.dense) {
      this.#stampAll(stamps);
      return;
    }
    stamps.clear();
    const { scene, rows } = this;
    this.regions = [];
    for (const i of this.singles) {
      const [x, y] = scene.point([scene.x[i], scene.y[i]]);
      const symbol = this.#single(i);
      if (rows.precision(i) === "country") this.regions.push({ symbols: [symbol], x, y });
      else this.#symbol(symbol, x, y);
    }
    for (const [place, slots] of this.#byPlace()) {
      const { sites, x: placeX, y: placeY } = scene.places[place];
      const [x, y] = scene.point([placeX, placeY]);
      const symbols = slots.map((slot) => this.#slotSymbol(place, slot));
      if (rows.precision(symbols[0].newest) === "country") this.regions.push({ symbols, x, y });
      else this.#row(symbols, x, sites.some((s) => scene.isMarked(s)) ? y - STEP : y);
    }
  }

  #byPlace() {
    const byPlace = new Map();
    for (const slot of this.used.sort((a, b) => a - b)) {
      const place = Math.floor(slot / this.kinds);
      byPlace.set(place, [...(byPlace.get(place) ?? []), slot]);
    }
    return byPlace;
  }

  #single(i) {
    const { scene, rows } = this;
    const sure = scene.view.selection.incidents.certain(i);
    const disputed = scene.isDisputed(rows, i);
    return { kind: rows.kind[i], severity: rows.severity[i], sure, disputed, count: 1, newest: i, numbers: () => [i] };
  }

  #slotSymbol(place, slot) {
    const kind = slot % this.kinds;
    const numbers = () =>
      this.scene.view.selection.incidents.numbers
        .filter((i) => this.scene.ofIncident[i] === place && this.rows.kind[i] === kind)
        .reverse();
    const [severity, sure, disputed] = [this.worst[slot], this.sure[slot] === 1, this.disputed[slot] === 1];
    return { kind, severity, sure, disputed, count: this.count[slot], newest: this.newest[slot], numbers };
  }

  #row(symbols, x, y) {
    symbols.forEach((symbol, n) => this.#symbol(symbol, x + (n - (symbols.length - 1) / 2) * STEP, y));
  }

  #sprite(kind, size, sure) {
    const { view, data, symbols } = this.scene;
    const { shape, colour } = data.kinds[kind];
    return symbols.sprite(shape, legible(colour, view.palette.land), size, view.palette.edge, sure ? 1 : FAINT);
  }

  #symbol({ kind, severity, sure, disputed, count, newest, numbers }, x, y, rank = 0) {
    const { scene } = this;
    const { context, view, labels, hits } = scene;
    const reach = SIZES[severity] / 2;
    stamp(context, this.#sprite(kind, SIZES[severity], sure), x, y);
    labels.reserve(x, y, reach);
    hits.push({
      type: "incident",
      x,
      y,
      reach: reach + 3,
      rank,
      rows: () => numbers().map((number) => ({ type: "incident", number })),
    });
    if (count > 1) scene.badge(count, x + reach - 1, y + reach - 1);
    if (disputed) {
      scene.dispute(x + reach - 2, y - reach - 1);
      labels.reserve(x + reach + 2, y - reach - 1, 5);
    }
    if (
      view.selected?.type === "incident" &&
      (newest === view.selected.number || (count > 1 && numbers().includes(view.selected.number)))
    ) {
      scene.ring(x, y, reach + 4);
    }
  }

  /**
   * Frame the symbols of what happened somewhere in a country or region, wherever there is room in it or beside it,
   * and say so: they are not at this point.
   */
  drawRegions() {
    if (this.dense) return;
    const { scene, rows } = this;
    const { labels, view } = scene;
    for (const { symbols, x, y } of this.regions) {
      const { newest } = symbols[0];
      const where = rows.site(newest) >= 0 ? scene.names[rows.site(newest)] : rows.placeName(newest).split(",")[0];
      const text = `anywhere in ${where || "this area"}`;
      const style = { font: scene.italic, colour: view.palette.label };
      const half = Math.max((symbols.length * STEP) / 2 + 8, labels.width(text, style) / 2);
      const reach = rows.radius(newest) * pixelsPerKm(rows.lat[newest], scene.zoom);
      const width = symbols.length * STEP + 14;
      // With the words it may stand beside its area; without them only within it.
      const roomy = labels.room(x, y, half, 14 + 10 * scene.textScale, Math.min(Math.max(reach, 150), 260));
      const [left, top] = roomy ?? labels.room(x, y + 9, width / 2, 14, Math.min(reach * 0.8, 260)) ?? [x, y];
      if (Math.hypot(left - x, top - y) > reach) scene.leader(left, top, x, y);
      scene.outline(left - width / 2, top - 22, width + 4, 26);
      this.#row(symbols, left, top - 9);
      if (roomy) labels.write(text, left, top + 4 + 10 * scene.textScale, style); // else the words are in its card
    }
  }

  /** Stamp the newest incident of each spot, whatever it shares its place with. */
  #stampAll(stamps) {
    const { scene, rows } = this;
    const { scale, origin, size, x: xs, y: ys } = scene;
    const { pass, first, past, start, end } = scene.view.selection.incidents;
    const { end_last, end_first, start_last, kind, severity } = rows;
    const [left, top] = origin;
    const { x: width, y: height } = size;
    const columns = Math.ceil(width / COARSE);
    const cells = columns * Math.ceil(height / COARSE);
    if (this.spots?.length !== cells) this.spots = new Int32Array(cells);
    this.spots.fill(-1);
    this.columns = columns;
    const { spots } = this;
    const per = 1 / COARSE;
    const ratio = devicePixelRatio;
    stamps.begin(Math.round(width * ratio), Math.round(height * ratio));
    const sprites = [];
    for (let k = 0; k < this.kinds; k++) {
      for (const size of SMALL_SIZES) for (const sure of [false, true]) sprites.push(this.#sprite(k, size, sure));
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
      stamps.put(sprites[kind[i] * 6 + severity[i] * 2 + (sure ? 1 : 0)], x * ratio, y * ratio);
    }
    stamps.end();
    const { selected } = scene.view;
    if (selected?.type === "incident" && selected.number >= 0) {
      const [x, y] = scene.point([xs[selected.number], ys[selected.number]]);
      scene.ring(x, y, 11);
    }
  }

  /** Where they are stamped: the incident nearest to a point of the map, or -1. */
  nearest(x, y) {
    if (!this.dense) return -1;
    const { scene, spots, columns } = this;
    let best = -1;
    let least = 9;
    const [column, row] = [Math.floor(x / COARSE), Math.floor(y / COARSE)];
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

  /** Where they are stamped: all incidents within a few pixels of that one, newest first, as many as a fan holds. */
  around(number) {
    const { scene } = this;
    const slice = scene.view.selection.incidents;
    const near = COARSE / scene.scale;
    const [x, y] = [scene.x[number], scene.y[number]];
    const found = [];
    for (let i = slice.past - 1; i >= slice.first && found.length < FAN; i--) {
      if (Math.abs(scene.x[i] - x) <= near && Math.abs(scene.y[i] - y) <= near && slice.has(i)) found.push(i);
    }
    return found;
  }

  /** Spread incidents that lie on one spot, so that each can be seen and pressed; [] closes the fan. */
  openFan(numbers, x, y) {
    const { origin, scale } = this.scene;
    this.fan = numbers.length ? { numbers, x: (x + origin[0]) / scale, y: (y + origin[1]) / scale } : null;
  }

  drawFan() {
    if (!this.fan) return;
    const { scene, rows } = this;
    const slice = scene.view.selection.incidents;
    const numbers = this.fan.numbers.filter((i) => slice.has(i));
    if (!numbers.length) {
      this.fan = null;
      return;
    }
    const shown = numbers.slice(0, FAN);
    const [x, y] = scene.point([this.fan.x, this.fan.y]);
    const spots = shown.map((_, n) => spread(n, shown.length, x, y));
    for (const [left, top] of spots) scene.leader(left, top, x, y);
    shown.forEach((i, n) => {
      this.#symbol(this.#single(i), ...spots[n], -1);
    });
    const more = numbers.length - shown.length;
    if (more > 0) scene.badge(`and ${more} more in the table`, x, y);
  }
}

/** The n-th of `all` spots about (x, y): a circle for a few, a spiral for many. */
function spread(n, all, x, y) {
  if (all <= 12) {
    const angle = (2 * Math.PI * n) / all - Math.PI / 2;
    const reach = Math.max(26, (all * 22) / (2 * Math.PI));
    return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
  }
  const angle = Math.sqrt(n + 2) * 2.4;
  const reach = 14 + 9 * angle * 0.75;
  return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
}
