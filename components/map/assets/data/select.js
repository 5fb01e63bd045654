/**
 * What of the rows a view shows: view/selection.py's rules, for the drag; tests/unit/map/test_parity.py holds the two
 * together.
 *
 * @typedef {object} Span columns of days
 * @property {ArrayLike<number>} start_first
 * @property {ArrayLike<number>} start_last
 * @property {ArrayLike<number>} end_first
 * @property {ArrayLike<number>} end_last
 *
 * @typedef {{length: number, public: ArrayLike<number>, facets: Record<string, import("./dataset.js").Facet>}} Filtered
 * @typedef {Span & {length: number, kind: ArrayLike<number>, reach: ArrayLike<number>}} Incidents
 *
 * @typedef {object} Rows what is read of a dataset here
 * @property {Incidents & Filtered} incidents
 * @property {Span & Filtered} movements
 * @property {Filtered} sites
 * @property {Span & Filtered & {site: number[]}} presence
 * @property {Filtered & Parameters<typeof areasOn>[0]["areas"]} areas
 * @property {unknown[]} kinds
 * @property {import("./changes.js").Tick[]} ticks
 * @property {Hay} hay
 *
 * @typedef {object} Hay what a search looks in: texts.js's
 * @property {unknown} text null until it is loaded
 * @property {string[]} sites
 * @property {string[]} movements
 * @property {() => Promise<unknown>} load
 * @property {(pass: Uint8Array, term: string) => void} keep
 *
 * @typedef {object} Asked
 * @property {Record<string, string[]>} facets
 * @property {string[]} terms
 * @property {{day: number} | null} known
 *
 * @typedef {object} Filter a view's filters, resolved against a dataset once, so that a window is cheap
 * @property {Uint8Array} incidents 1 for each row that the filters let through, whatever the window
 * @property {Uint8Array} movements
 * @property {Uint8Array} sites
 * @property {Uint8Array} areas not by what is searched for
 * @property {Uint8Array | null} presence null where no filter asks about who holds a site
 */

import { areasOn } from "./posture.js";

/** Which rows hold a chosen value of every facet. @param {Filtered} rows @param {Record<string, string[]>} facets */
function passing(rows, facets) {
  const pass = new Uint8Array(rows.length).fill(1);
  for (const [key, { codes, combos }] of Object.entries(rows.facets)) {
    const chosen = facets[key];
    if (!chosen?.length) continue;
    const allowed = Uint8Array.from(combos, (combo) => (combo.some((value) => chosen.includes(value)) ? 1 : 0));
    for (let i = 0; i < rows.length; i++) pass[i] &= allowed[codes[i]];
  }
  return pass;
}

/**
 * Put out the rows that were not public by a day; null: none.
 * @param {Filtered} rows @param {Uint8Array} pass @param {{day: number} | null} known
 */
function publicBy(rows, pass, known) {
  if (known) for (let i = 0; i < rows.length; i++) pass[i] &= rows.public[i] <= known.day ? 1 : 0;
  return pass;
}

/**
 * Put out the rows in whose text no word begins with a term of the search.
 * @param {string[]} hay a text a row @param {Uint8Array} pass @param {string[]} terms
 */
function found(hay, pass, terms) {
  for (const term of terms) for (let i = 0; i < hay.length; i++) pass[i] &= hay[i].includes(` ${term}`) ? 1 : 0;
  return pass;
}

/**
 * @param {Rows} data @param {Asked} view
 * @returns {Filter | Promise<Filter>} a promise only for the first search, whose text has to be fetched
 */
export function resolve(data, { facets, terms, known }) {
  if (terms.length && data.hay.text === null)
    return data.hay.load().then(() => resolve(data, { facets, terms, known }));
  const asksHolders = Object.keys(data.presence.facets).some((key) => facets[key]?.length);
  /** @param {Filtered} rows */
  const pass = (rows) => publicBy(rows, passing(rows, facets), known);
  const incidents = pass(data.incidents);
  for (const term of terms) data.hay.keep(incidents, term);
  return {
    incidents,
    movements: found(data.hay.movements, pass(data.movements), terms),
    sites: found(data.hay.sites, pass(data.sites), terms),
    areas: pass(data.areas),
    presence: asksHolders ? pass(data.presence) : null,
  };
}

/**
 * Whether row i possibly falls in the window [start, end], both inclusive.
 * @param {Span} rows @param {number} i @param {number} start @param {number} end
 */
const possible = (rows, i, start, end) => rows.start_first[i] <= end && rows.end_last[i] >= start;

/** Whether it certainly does. @param {Span} rows @param {number} i @param {number} start @param {number} end */
export const certain = (rows, i, start, end) => rows.start_last[i] <= end && rows.end_first[i] >= start;

/**
 * The first number whose value in a nondecreasing column is at least `least`.
 * @param {ArrayLike<number>} column @param {number} least
 */
function firstAtLeast(column, least) {
  let [low, high] = [0, column.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The incidents on view: of the rows from `first` up to `past`, those that `pass` and end in the window or after.
 */
export class Slice {
  count = 0;
  countByKind = new Uint32Array();

  /** @param {Incidents} rows @param {Uint8Array} pass @param {number} start @param {number} end */
  constructor(rows, pass, start, end) {
    this.rows = rows;
    this.pass = pass;
    this.start = start;
    this.end = end;
    this.first = firstAtLeast(rows.reach, start);
    this.past = firstAtLeast(rows.start_first, end + 1);
  }

  /** Count them, once: in all (`count`) and by kind (`countByKind`). @param {number} kinds how many there are */
  tally(kinds) {
    const { rows, pass, start } = this;
    const { kind, end_last } = rows;
    this.countByKind = new Uint32Array(kinds);
    for (let i = this.first; i < this.past; i++) {
      if (pass[i] && end_last[i] >= start) this.countByKind[kind[i]]++;
    }
    this.count = this.countByKind.reduce((sum, number) => sum + number, 0);
    return this;
  }

  /** @param {number} i */
  has(i) {
    return i >= this.first && i < this.past && this.pass[i] === 1 && this.rows.end_last[i] >= this.start;
  }

  /** @param {number} i */
  certain(i) {
    return certain(this.rows, i, this.start, this.end);
  }

  /** The last `most` of them, newest first. @param {number} most */
  newest(most) {
    const numbers = [];
    for (let i = this.past - 1; i >= this.first && numbers.length < most; i--) if (this.has(i)) numbers.push(i);
    return numbers;
  }

  /** Their numbers in order of time. For few: at a million it is a long list. */
  get numbers() {
    const numbers = [];
    for (let i = this.first; i < this.past; i++) {
      if (this.pass[i] && this.rows.end_last[i] >= this.start) numbers.push(i);
    }
    return numbers;
  }
}

/** @param {Span & {length: number}} rows @param {Uint8Array} pass @param {number} start @param {number} end */
function within(rows, pass, start, end) {
  const numbers = [];
  const sure = [];
  for (let i = 0; i < rows.length && rows.start_first[i] <= end; i++) {
    // Rows are in order of time, so the loop ends with the window.
    if (!pass[i] || !possible(rows, i, start, end)) continue;
    numbers.push(i);
    sure.push(certain(rows, i, start, end));
  }
  return { numbers, sure };
}

/**
 * The rows on view: numbers of sites and movements (each with whether it is certainly in the window), and the
 * incidents as a Slice; the areas held on the window's last day.
 * @param {Rows} data @param {Filter} filter @param {number} start @param {number} end
 * @param {boolean} [tallied] whether the incidents are counted
 */
export function select(data, filter, start, end, tallied = true) {
  const sites = [];
  let touched = null;
  if (filter.presence) {
    touched = new Uint8Array(data.sites.length);
    const rows = data.presence;
    for (let n = 0; n < rows.length; n++) {
      if (filter.presence[n] && possible(rows, n, start, end)) touched[rows.site[n]] = 1;
    }
  }
  for (let s = 0; s < data.sites.length; s++) {
    if (filter.sites[s] && (!touched || touched[s])) sites.push(s);
  }
  const incidents = new Slice(data.incidents, filter.incidents, start, end);
  return {
    sites,
    areas: areasOn(data, filter.areas, end),
    incidents: tallied ? incidents.tally(data.kinds.length) : incidents,
    movements: within(data.movements, filter.movements, start, end),
  };
}

/**
 * The ticks of the sites that pass, in order of time.
 * @param {{ticks: import("./changes.js").Tick[]}} data @param {Pick<Filter, "sites" | "presence">} filter
 */
export function ticksOnView({ ticks }, { sites, presence }) {
  return ticks.filter(({ site, row }) => sites[site] && (!presence || presence[row]));
}
