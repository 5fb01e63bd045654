/**
 * The rows of a dataset, as payload.py sends them, in columns fit to be filtered at frame rate.
 *
 * @typedef {import("./packing.js").NumberColumn} NumberColumn
 * @typedef {import("./changes.js").Transition} Transition
 * @typedef {import("./changes.js").Tick} Tick
 *
 * @typedef {object} Facet a coded column: row i holds the values combos[codes[i]]
 * @property {ArrayLike<number>} codes
 * @property {string[][]} combos
 * @property {ArrayLike<number>} [all] the codes by all that is known, once `codes` are those as known on a day
 *
 * @typedef {object} Span days since 1970: each row begins and ends within these, both ends inclusive
 * @property {Int32Array} start_first
 * @property {Int32Array} start_last
 * @property {Int32Array} end_first
 * @property {Int32Array} end_last
 *
 * @typedef {object} Rows
 * @property {number} length
 * @property {Int32Array} public the first day on which each row was public
 * @property {Record<string, Facet>} facets
 *
 * @typedef {Rows & Span} Table
 *
 * @typedef {object} Named what all but incidents have of each row; for those see texts.js
 * @property {string[]} id
 * @property {Map<string, number>} numbers each row's number by its id
 *
 * @typedef {object} Points where each row is: degrees, and a radius in km; null where that is not known
 * @property {(number | null)[]} lat
 * @property {(number | null)[]} lon
 * @property {(number | null)[]} radius
 * @property {string[]} precision
 *
 * @typedef {Points & {site: number[], name: string[]}} Ends where movements begin, or end; `site` is -1 for none
 *
 * @typedef {Rows & Named & Points & {name: string[], name_ar: string[]}} Sites
 * @typedef {Table & Named & {site: number[], force: number[], status: string[], known_days: number[]}} Presence
 *
 * @typedef {Table & Named & AreaColumns} HeldAreas
 * @typedef {object} AreaColumns
 * @property {string[]} name
 * @property {number[]} force
 * @property {number[]} known_days
 * @property {string[]} told what is known of each, in words
 * @property {number[][][]} polygons the rings of each, outlines and holes alike: [lon, lat, lon, …]
 * @property {import("./box.js").Box[]} bounds what each reaches over
 *
 * @typedef {object} MovementColumns
 * @property {Ends} origin
 * @property {Ends} destination
 * @property {string[]} title
 * @property {number[]} force
 * @property {string[]} moved troops, detainees, civilians or equipment
 * @property {(number | null)[]} low
 * @property {(number | null)[]} high
 * @property {string[]} sure the confidence
 *
 * @typedef {Table & Named & MovementColumns} Movements
 *
 * @typedef {object} IncidentColumns
 * @property {NumberColumn} kind
 * @property {NumberColumn} severity 0: no one is known hurt, 1: someone is, 2: ten or more were killed
 * @property {string[]} places
 * @property {[string, number][]} areas precisions, each with a radius in km
 * @property {NumberColumn} area each row's number in `areas`
 * @property {Float64Array} lat degrees, NaN where there is no point
 * @property {Float64Array} lon
 * @property {Int32Array} reach no row up to i ends after reach[i]: a window's first row is found by halving
 * @property {(i: number) => string} placeName
 * @property {(i: number) => number} site its number, -1 for none
 * @property {(i: number) => string} precision
 * @property {(i: number) => number} radius in km
 *
 * @typedef {Table & IncidentColumns} Incidents rows in order of time
 *
 * @typedef {object} PackedIncidents how the payload describes the incidents, whose numbers are packed beside it
 * @property {number} length
 * @property {import("./packing.js").ColumnDescriptor[]} columns
 * @property {[number, number]} scales what degrees of latitude and longitude were multiplied by
 * @property {string[]} places
 * @property {[string, number][]} areas
 * @property {Record<string, string[][]>} combos
 *
 * @typedef {{first: number, last: number}} Days
 * @typedef {{id: string, name: string, colour: string, letters: string}} Force
 * @typedef {{id: string, label: string, shape: string, colour: string}} Kind
 *
 * @typedef {object} RowsPayload payload.py's rows_payload
 * @property {string} version
 * @property {Days} extent the data's days; view/extent.py says what these two are
 * @property {Days} reach
 * @property {Days} limits the days a window may have
 * @property {Record<string, string>} shapes SVG paths
 * @property {import("../draw/style.js").Style} style how things are drawn, by map/style.py
 * @property {string} subject the force that the dataset is about, by its id; "" for none
 * @property {number} seam the longitude from which the rows' own run on eastward (catalog/longitudes.py)
 * @property {[number, number, number, number] | null} home what the home view holds: south, west, north, east
 * @property {number} most_options how many options of a filter are listed before the others are folded away (view/facets.py)
 * @property {number[]} squares of each whole zoom, how many squares of the map hold incidents (map/density.py)
 * @property {Force[]} forces
 * @property {Kind[]} kinds
 * @property {Columns & Points & {name: string[], name_ar: string[]}} sites
 * @property {Columns & SpanColumns & {site: number[], force: number[], status: string[], known_days: number[]}} presence
 * @property {Columns & SpanColumns & MovementColumns} movements
 * @property {Columns & SpanColumns & AreaColumns} areas
 * @property {PackedIncidents} incidents
 * @property {RecordColumns} transitions
 * @property {RecordColumns} ticks
 * @property {RecordColumns} rivals see draw/rivals.js
 * @property {import("../row_tooltip.js").Words} words
 * @property {import("../timeline/watch.js").Shown | null} watch
 *
 * @typedef {Record<string, any[]>} RecordColumns plain objects by columns: changes.js makes them `records` again
 *
 * @typedef {object} Columns a table in JSON
 * @property {string[]} id
 * @property {Record<string, Facet>} facets
 * @property {number[]} public
 *
 * @typedef {{start_first: number[], start_last: number[], end_first: number[], end_last: number[]}} SpanColumns
 *
 * @typedef {object} AsKnown what differs, as known on a day, from all that is known; map/protocol.py says how it is made
 * @property {number} day
 * @property {number[]} hidden presence rows that were not public
 * @property {number[][]} spans of presence rows: [number, start_last, end_first, end_last]
 * @property {{hidden: number[], spans: number[][]}} areas the same of areas
 * @property {Record<string, number[]>} settled by table, rows on which sources did not disagree yet
 * @property {Revision} transitions
 * @property {Revision} ticks
 *
 * @typedef {object} Revision in what records as known on a day differ from all that is known
 * @property {number[]} without the numbers of those that were not known
 * @property {RecordColumns} more those that were thought others
 *
 * @typedef {ReturnType<typeof readDataset>} Dataset
 */

import { bySite, records } from "./changes.js";
import { NOWHERE, unpack } from "./packing.js";
import { Hay, Texts } from "./texts.js";

/** @type {(keyof Span)[]} */
const SPAN = ["start_first", "start_last", "end_first", "end_last"];

/** @template {Columns} T @param {T} columns @returns {Omit<T, "public"> & Rows & Named} */
function table(columns) {
  return {
    ...columns,
    length: columns.id.length,
    numbers: new Map(columns.id.map((id, number) => [id, number])),
    public: Int32Array.from(columns.public),
  };
}

/** A table whose rows have a span. @template {Columns & SpanColumns} T @param {T} columns */
function spanned(columns) {
  return {
    ...table(columns),
    start_first: Int32Array.from(columns.start_first),
    start_last: Int32Array.from(columns.start_last),
    end_first: Int32Array.from(columns.end_first),
    end_last: Int32Array.from(columns.end_last),
  };
}

/** Degrees from whole numbers; NaN where there is no point. @param {NumberColumn} whole @param {number} scale */
function degrees(whole, scale) {
  const found = new Float64Array(whole.length); // from() asks an iterator for each
  for (let i = 0; i < found.length; i++) found[i] = whole[i] === NOWHERE ? Number.NaN : whole[i] / scale;
  return found;
}

/** @param {PackedIncidents} document @param {ArrayBuffer} buffer @returns {Incidents} */
function incidentTable({ length, columns, scales, places, areas, combos }, buffer) {
  const packed = unpack(buffer, columns, length);
  const { kind, severity, area, place, site } = packed;
  /** @param {string} name */
  const days = (name) => /** @type {Int32Array} */ (packed[name]);
  const start = days("start_first");
  for (let i = 1; i < length; i++) start[i] += start[i - 1];
  for (const name of [...SPAN.slice(1), "public"]) for (let i = 0; i < length; i++) packed[name][i] += start[i];
  const end = days("end_last");
  const reach = new Int32Array(length);
  for (let i = 0, most = -Infinity; i < length; i++) reach[i] = most = Math.max(most, end[i]);
  return {
    length,
    start_first: start,
    start_last: days("start_last"),
    end_first: days("end_first"),
    end_last: end,
    public: days("public"),
    facets: Object.fromEntries(
      Object.entries(combos).map(([key, values]) => [key, { codes: packed[`facet ${key}`], combos: values }]),
    ),
    kind,
    severity,
    places,
    areas,
    area,
    lat: degrees(packed.lat, scales[0]),
    lon: degrees(packed.lon, scales[1]),
    reach,
    placeName: (i) => places[place[i]],
    site: (i) => site[i] - 1,
    precision: (i) => areas[area[i]][0],
    radius: (i) => areas[area[i]][1],
  };
}

/**
 * Read the rows' payload: its tables become columns of typed arrays, the rest of it passes as it is.
 * @param {RowsPayload} payload its JSON
 * @param {ArrayBuffer} buffer its columns
 * @param {Record<"text"|"texts", string>} addresses
 */
export function readDataset(payload, buffer, addresses) {
  const { sites, presence, areas, movements, incidents, ...rest } = payload;
  /** @type {Transition[]} */
  const transitions = records(rest.transitions);
  /** @type {Tick[]} */
  const ticks = records(rest.ticks);
  /** @type {import("../draw/rivals.js").Rival[]} */
  const rivals = records(rest.rivals);
  return {
    ...rest,
    rivals,
    sites: /** @type {Sites} */ (table(sites)),
    presence: /** @type {Presence} */ (spanned(presence)),
    areas: /** @type {HeldAreas} */ (spanned(areas)),
    movements: /** @type {Movements} */ (spanned(movements)),
    incidents: incidentTable(incidents, buffer),
    transitions,
    transitionsBySite: bySite(transitions),
    ticks,
    texts: new Texts(addresses.texts, incidents.length),
    hay: new Hay(addresses.text, { incidents: incidents.length, sites: sites.id.length }),
  };
}

/**
 * The dataset as known on a day: who was where, without what was not public yet (view/as_known.py).
 * @param {Dataset} data @param {AsKnown | null} known null: all that is known @returns {Dataset}
 */
export function asKnown(data, known) {
  for (const name of /** @type {const} */ (["sites", "incidents", "movements"]))
    settle(data[name].facets.disputed, known?.settled[name] ?? []);
  if (!known) return data;
  const presence = otherwise(data.presence, known.spans);
  presence.status = [...presence.status];
  for (const n of known.hidden) presence.status[n] = "planned"; // which counts for nothing, as it was then
  // Areas that were not public the filter leaves out by their public day.
  const areas = otherwise(data.areas, known.areas.spans);
  const transitions = revised(data.transitions, known.transitions).sort(
    (a, b) => inTime(a, b) || a.site - b.site || a.stay - b.stay,
  );
  const ticks = revised(data.ticks, known.ticks).sort((a, b) => inTime(a, b) || a.site - b.site);
  return { ...data, presence, areas, transitions, transitionsBySite: bySite(transitions), ticks };
}

/**
 * A table some of whose rows have other spans.
 * @template {Span} T @param {T} table @param {number[][]} spans [number, start_last, end_first, end_last] @returns {T}
 */
function otherwise(table, spans) {
  const changed = { ...table };
  for (const name of SPAN.slice(1)) changed[name] = changed[name].slice();
  for (const [n, ...bounds] of spans) bounds.forEach((day, at) => (changed[SPAN[at + 1]][n] = day));
  return changed;
}

/**
 * Records as known on a day: without those that were not known, and with those that were thought others.
 * @template T @param {T[]} rows @param {Revision} revision @returns {T[]}
 */
function revised(rows, { without, more }) {
  const gone = new Set(without);
  return [...rows.filter((_, n) => !gone.has(n)), ...records(more)];
}

/** @typedef {{first: number, last: number}} Uncertain @param {Uncertain} a @param {Uncertain} b */
const inTime = (a, b) => a.first - b.first || a.last - b.last;

/**
 * Take a disagreement that was none yet from rows of a facet's column: whoever reads the column sees it.
 * @param {Facet} facet @param {number[]} numbers
 */
function settle(facet, numbers) {
  facet.all ??= facet.codes;
  facet.codes = facet.all;
  if (!numbers.length) return;
  let none = facet.combos.findIndex((combo) => combo.length === 0);
  if (none < 0) none = facet.combos.push([]) - 1;
  const codes = Uint16Array.from(facet.all);
  for (const n of numbers) codes[n] = none;
  facet.codes = codes;
}
