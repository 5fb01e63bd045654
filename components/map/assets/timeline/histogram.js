/**
 * Incidents counted by bins of time and by kind: those that certainly fall in a bin, and those that possibly do.
 * Pure. A change of the filters costs one pass over the rows; after it a bin is a subtraction, whatever their number.
 */

import { atOnce } from "../slices.js";
import { dayOf, parts, within } from "../time/days.js";

/**
 * @typedef {object} Size of a bin
 * @property {string} name
 * @property {number} days how many it has at least
 * @property {number} [months] how many it has, where it follows the calendar
 *
 * @typedef {import("../data/select.js").Span & {length: number, kind: ArrayLike<number>, severity?: ArrayLike<number>}} Rows
 */

/** The finest first. @type {[Size, ...Size[]]} */
export const SIZES = [
  { name: "Day", days: 1 },
  { name: "Week", days: 7 },
  { name: "Month", days: 28, months: 1 },
  { name: "Quarter", days: 90, months: 3 },
  { name: "Year", days: 365, months: 12 },
  { name: "Decade", days: 3652, months: 120 },
];

/** Days beyond these are counted as these, so that a typing error of millennia costs no memory. */
const LIMITS = [dayOf(1800, 0), dayOf(2200, 0)];
/** After how many rows it yields while it counts. */
const ROWS = 32_768;
/** Weeks begin on Monday; day 4 was one. */
const MONDAY = 4;

/** The finest size of a bin that has `least` days or more, else the coarsest. @param {number} least @returns {Size} */
export function sizeOf(least) {
  return SIZES.find(({ days }) => days >= least) ?? SIZES[SIZES.length - 1];
}

/**
 * The first days of the bins that cover [first, last], and of the one after them.
 * @param {Size} size @param {number} first @param {number} last both whole @returns {number[]}
 */
export function binEdges({ days, months }, first, last) {
  const edges = [];
  if (!months) {
    const start = first - ((((first - MONDAY) % days) + days) % days);
    for (let day = start; day <= last + days; day += days) edges.push(day);
    return edges;
  }
  const { year, month } = parts(first);
  for (let m = Math.floor((year * 12 + month) / months) * months; ; m += months) {
    edges.push(dayOf(Math.floor(m / 12), ((m % 12) + 12) % 12));
    if (edges[edges.length - 1] > last) return edges;
  }
}

/** Sums from the left, within each kind's stretch of `days`. @param {Uint32Array} counts @param {number} days */
function accumulate(counts, days) {
  for (let i = 1; i < counts.length; i++) if (i % days) counts[i] += counts[i - 1];
}

/**
 * The days that rows span, and which of them have a date so vague that it may end before it has begun.
 * @param {Rows} rows
 */
function measured({ start_first, start_last, end_first, end_last, length }) {
  let [first, last] = [Infinity, -Infinity];
  const vague = [];
  for (let i = 0; i < length; i++) {
    if (start_first[i] < first) first = start_first[i];
    if (end_last[i] > last) last = end_last[i];
    if (start_last[i] > end_first[i]) vague.push(i);
  }
  first = within(first, LIMITS[0], LIMITS[1]);
  return { first, last: Math.max(first, Math.min(last, LIMITS[1])), vague: Uint32Array.from(vague) };
}

/** @typedef {{bins: number, of: Int32Array}} Calendar how many bins there are of a size, and in which one each day lies */

export class Histogram {
  /**
   * @param {Rows} rows in order of time @param {number} kinds how many there are
   */
  constructor(rows, kinds) {
    this.rows = rows;
    this.kinds = kinds;
    const { first, last, vague } = measured(rows);
    this.first = first;
    this.last = last;
    this.vague = vague;
    // One more: of each kind, the day before the first.
    this.days = last - first + 2;
    /** How many rows of a kind have begun by the end of a day (possibly, certainly), and how many have ended. */
    const cumulative = () => new Uint32Array(kinds * this.days);
    this.begun = cumulative();
    this.ended = cumulative();
    this.surelyBegun = cumulative();
    this.surelyEnded = cumulative();
    /** @type {Map<Size, Calendar>} */
    this.calendars = new Map();
    /** @type {Map<Size, Uint32Array>} */
    this.whole = new Map();
    /** @type {Uint8Array} */
    this.pass = new Uint8Array(rows.length);
    this.count(this.pass);
  }

  /** Count the rows that pass. @param {Uint8Array} pass */
  count(pass) {
    atOnce(this.counting(pass));
  }

  /** The same; it yields now and then, and until it is done the counts are those before. @param {Uint8Array} pass @returns {Generator<void, void>} */
  *counting(pass) {
    const { rows, kinds, days, first, last } = this;
    const { kind, start_first, start_last, end_first, end_last, length } = rows;
    const [begun, ended, surelyBegun, surelyEnded] = [0, 1, 2, 3].map(() => new Uint32Array(kinds * days));
    const place = (/** @type {number} */ day) => (day < first ? 1 : day > last ? last - first + 1 : day - first + 1);
    for (let i = 0; i < length; i++) {
      if (i % ROWS === ROWS - 1) yield;
      if (!pass[i]) continue;
      const base = kind[i] * days;
      begun[base + place(start_first[i])]++;
      ended[base + place(end_last[i])]++;
      if (start_last[i] > end_first[i]) continue;
      surelyBegun[base + place(start_last[i])]++;
      surelyEnded[base + place(end_first[i])]++;
    }
    for (const counts of [begun, ended, surelyBegun, surelyEnded]) accumulate(counts, days);
    Object.assign(this, { begun, ended, surelyBegun, surelyEnded, pass });
    this.whole = new Map();
  }

  /** Which bin of a size each day lies in. @param {Size} size @returns {Calendar} */
  #calendar(size) {
    const known = this.calendars.get(size);
    if (known) return known;
    const edges = binEdges(size, this.first, this.last);
    const calendar = { bins: edges.length - 1, of: new Int32Array(this.last - this.first + 1) };
    for (let bin = 0; bin < calendar.bins; bin++) {
      const from = Math.max(edges[bin] - this.first, 0);
      calendar.of.fill(bin, from, edges[bin + 1] - this.first);
    }
    this.calendars.set(size, calendar);
    return calendar;
  }

  /**
   * Of the rows with a vague date, those that a bin holds wholly: there they are certain. That one range lies in
   * another is no difference of two sums, so these are counted by bin, once for each size that is looked at.
   * @param {Size} size
   */
  #whole(size) {
    const counted = this.whole.get(size);
    if (counted) return counted;
    const { of, bins } = this.#calendar(size);
    const { kind, start_last, end_first } = this.rows;
    const counts = new Uint32Array(bins * this.kinds);
    const bin = (/** @type {number} */ day) => of[within(day, this.first, this.last) - this.first];
    for (const i of this.vague) {
      if (this.pass[i] && bin(start_last[i]) === bin(end_first[i])) counts[bin(end_first[i]) * this.kinds + kind[i]]++;
    }
    this.whole.set(size, counts);
    return counts;
  }

  /**
   * The counts of the bins between `edges`, which binEdges() made of the same size: [bin * kinds + kind].
   * A row counts in every bin it may fall in; `certain` is a part of `possible`.
   * @param {Size} size @param {number[]} edges
   * @returns {{certain: Uint32Array, possible: Uint32Array}}
   */
  bins(size, edges) {
    const { kinds, days, first, last, begun, ended, surelyBegun, surelyEnded } = this;
    const bins = edges.length - 1;
    const [certain, possible] = [new Uint32Array(bins * kinds), new Uint32Array(bins * kinds)];
    const whole = this.vague.length ? this.#whole(size) : null;
    for (let bin = 0; bin < bins; bin++) {
      if (edges[bin] > last || edges[bin + 1] <= first) continue;
      const from = Math.max(edges[bin], first);
      const before = from - first;
      const until = Math.min(edges[bin + 1] - 1, last) - first + 1;
      const inside = whole ? this.#calendar(size).of[from - first] * kinds : 0;
      for (let kind = 0, base = 0; kind < kinds; kind++, base += days) {
        const at = bin * kinds + kind;
        possible[at] = begun[base + until] - ended[base + before];
        certain[at] = surelyBegun[base + until] - surelyEnded[base + before] + (whole ? whole[inside + kind] : 0);
      }
    }
    return { certain, possible };
  }

  /**
   * The numbers of the passing rows that may fall in [first, last], most severe first, certain before possible: at
   * most `most` of them. It reads all rows up to `last`: for a pointer at rest, not for a frame.
   * @param {number} first @param {number} last @param {number} most
   */
  top(first, last, most) {
    const { start_first, start_last, end_first, end_last, severity, length } = this.rows;
    /** @type {{i: number, rank: number}[]} */
    const best = [];
    for (let i = 0; i < length && start_first[i] <= last; i++) {
      if (end_last[i] < first || !this.pass[i]) continue;
      const sure = start_last[i] <= last && end_first[i] >= first;
      const rank = (severity?.[i] ?? 0) * 2 + (sure ? 1 : 0);
      if (best.length === most && rank <= best[most - 1].rank) continue;
      const place = best.findIndex((other) => other.rank < rank);
      best.splice(place < 0 ? best.length : place, 0, { i, rank });
      best.length = Math.min(best.length, most);
    }
    return best.map(({ i }) => i);
  }
}
