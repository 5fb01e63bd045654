/**
 * The rows of a dataset, as documents.py sends them, in columns fit to be filtered at frame rate.
 *
 * @typedef {object} Facet a coded column: row i holds the values combos[codes[i]]
 * @property {Uint16Array} codes
 * @property {string[][]} combos
 *
 * @typedef {object} Table
 * @property {number} length
 * @property {string[]} id
 * @property {Int32Array} start_first
 * @property {Int32Array} start_last
 * @property {Int32Array} end_first
 * @property {Int32Array} end_last
 * @property {Record<string, Facet>} facets
 * @property {string[]} hay
 */

const SPAN = ["start_first", "start_last", "end_first", "end_last"];

/** @returns {Table & Record<string, any>} */
function table(columns) {
  const read = { ...columns, length: columns.id.length, numbers: new Map() };
  for (const name of SPAN) if (columns[name]) read[name] = Int32Array.from(columns[name]);
  read.facets = Object.fromEntries(
    Object.entries(columns.facets).map(([key, facet]) => [
      key,
      { codes: Uint16Array.from(facet.codes), combos: facet.combos },
    ]),
  );
  columns.id.forEach((id, number) => read.numbers.set(id, number));
  return read;
}

/** Read the rows document. */
export function readDataset(document) {
  const data = {
    version: document.version,
    shapes: document.shapes,
    forces: document.forces,
    kinds: document.kinds,
    sites: table(document.sites),
    presence: table(document.presence),
    incidents: table(document.incidents),
    movements: table(document.movements),
  };
  data.siteName = (number) => data.sites.name[number];
  return data;
}

/** The first and last day of any incident or movement, or null where there is none. */
export function extent(data) {
  let first = Infinity;
  let last = -Infinity;
  for (const rows of [data.incidents, data.movements]) {
    for (let i = 0; i < rows.length; i++) {
      if (rows.start_first[i] < first) first = rows.start_first[i];
      if (rows.end_last[i] > last) last = rows.end_last[i];
    }
  }
  return first <= last ? { first, last } : null;
}
