/**
 * The rows of a dataset, as payload.py sends them, in columns fit to be filtered at frame rate.
 *
 * @typedef {object} Facet a coded column: row i holds the values combos[codes[i]]
 * @property {ArrayLike<number>} codes
 * @property {string[][]} combos
 *
 * @typedef {object} Table
 * @property {number} length
 * @property {Int32Array} start_first
 * @property {Int32Array} start_last
 * @property {Int32Array} end_first
 * @property {Int32Array} end_last
 * @property {Int32Array} public the first day on which each row was public
 * @property {Record<string, Facet>} facets
 *
 * @typedef {object} Revision in what rows as known on a day differ from all that is known
 * @property {number[]} without the numbers of those that were not known
 * @property {Record<string, any[]>} more columns of those that were thought others
 *
 * @typedef {object} KnownThen see folium_map.py's _known()
 * @property {number} day
 * @property {number[]} hidden numbers of presence rows
 * @property {number[][]} spans
 * @property {Record<string, number[]>} settled
 * @property {Revision} transitions
 * @property {Revision} ticks
 *
 * Sites, presence and movements have an `id` and a `hay` per row; incidents have neither: see texts.js.
 */

import { bySite, records } from "./changes.js";
import { NOWHERE, unpack } from "./packing.js";
import { Hay, Texts } from "./texts.js";

const SPAN = ["start_first", "start_last", "end_first", "end_last"];

/** @returns {Table & Record<string, any>} */
function table(columns) {
  const read = { ...columns, length: columns.id.length, numbers: new Map() };
  for (const name of [...SPAN, "public"]) if (columns[name]) read[name] = Int32Array.from(columns[name]);
  columns.id.forEach((id, number) => read.numbers.set(id, number));
  return read;
}

/** Degrees from whole numbers; NaN where there is no point. */
function degrees(whole, scale) {
  return Float64Array.from(whole, (value) => (value === NOWHERE ? Number.NaN : value / scale));
}

function incidentTable({ length, columns, scales, places, areas, combos }, buffer) {
  const packed = unpack(buffer, columns, length);
  const rows = { length, places, areas, kind: packed.kind, severity: packed.severity, area: packed.area };
  rows.placeName = (i) => places[packed.place[i]];
  rows.site = (i) => packed.site[i] - 1;
  rows.precision = (i) => areas[packed.area[i]][0];
  rows.radius = (i) => areas[packed.area[i]][1];
  rows.lat = degrees(packed.lat, scales[0]);
  rows.lon = degrees(packed.lon, scales[1]);
  for (let i = 1; i < length; i++) packed.start_first[i] += packed.start_first[i - 1];
  for (const name of [...SPAN.slice(1), "public"])
    for (let i = 0; i < length; i++) packed[name][i] += packed.start_first[i];
  for (const name of [...SPAN, "public"]) rows[name] = packed[name];
  rows.facets = Object.fromEntries(
    Object.entries(combos).map(([key, values]) => [key, { codes: packed[`facet ${key}`], combos: values }]),
  );
  // No row up to i ends after reach[i]: a window's first row is found by halving.
  rows.reach = new Int32Array(length);
  for (let i = 0, most = -Infinity; i < length; i++) rows.reach[i] = most = Math.max(most, rows.end_last[i]);
  return rows;
}

/**
 * Read the rows document.
 * @param {object} document its JSON @param {ArrayBuffer} buffer its columns @param {Record<"text"|"texts", string>} addresses
 */
export function readDataset(document, buffer, addresses) {
  const transitions = records(document.transitions);
  return {
    version: document.version,
    extent: document.extent, // view/extent.py says what these two are
    reach: document.reach,
    limits: document.limits, // the days a window may have
    shapes: document.shapes,
    lines: document.lines,
    widths: document.widths,
    signs: document.signs,
    strokes: document.strokes,
    forces: document.forces,
    kinds: document.kinds,
    sites: table(document.sites),
    presence: table(document.presence),
    transitions,
    transitionsBySite: bySite(transitions),
    ticks: records(document.ticks),
    incidents: incidentTable(document.incidents, buffer),
    movements: table(document.movements),
    texts: new Texts(addresses.texts, document.incidents.length),
    hay: new Hay(addresses.text),
  };
}

/**
 * The dataset as known on a day: who was where, without what was not public yet (view/as_known.py).
 * @param {KnownThen | null} known null: all that is known
 */
export function asKnown(data, known) {
  for (const name of ["sites", "incidents", "movements"])
    settle(data[name].facets.disputed, known?.settled[name] ?? []);
  if (!known) return data;
  const presence = { ...data.presence };
  presence.status = [...presence.status];
  for (const name of SPAN.slice(1)) presence[name] = presence[name].slice();
  for (const n of known.hidden) presence.status[n] = "planned"; // which counts for nothing, as it was then
  for (const [n, ...bounds] of known.spans) bounds.forEach((day, at) => (presence[SPAN[at + 1]][n] = day));
  const transitions = revised(data.transitions, known.transitions).sort(
    (a, b) => inTime(a, b) || a.site - b.site || a.stay - b.stay,
  );
  const ticks = revised(data.ticks, known.ticks).sort((a, b) => inTime(a, b) || a.site - b.site);
  return { ...data, presence, transitions, transitionsBySite: bySite(transitions), ticks };
}

/** Rows as known on a day: without those that were not known, and with those that were thought others. */
function revised(rows, { without, more }) {
  const gone = new Set(without);
  return [...rows.filter((_, n) => !gone.has(n)), ...records(more)];
}

const inTime = (a, b) => a.first - b.first || a.last - b.last;

/** Take a disagreement that was none yet from rows of a facet's column: whoever reads the column sees it. */
function settle(facet, numbers) {
  facet.all ??= facet.codes;
  facet.codes = facet.all;
  if (!numbers.length) return;
  let none = facet.combos.findIndex((combo) => combo.length === 0);
  if (none < 0) none = facet.combos.push([]) - 1;
  facet.codes = Uint16Array.from(facet.all);
  for (const n of numbers) facet.codes[n] = none;
}
