/**
 * What is asked of the map, as one frozen object that is replaced whole. Its fields are those of map/protocol.py's table; a
 * field that nothing here knows by name is carried along. Pure.
 */

/**
 * @typedef {object} ViewFields
 * @property {number} start the window's first day, by its number
 * @property {number} end its last day, by its number
 * @property {Record<string, string[]>} facets the chosen values by facet, such as {kind: ["attack"]}
 * @property {string[]} terms what is searched for, folded
 * @property {import("./data/dataset.js").AsKnown | null} known null: all that is known counts
 * @property {string} selected the selected row, such as "site:al-tanf"; "" for none
 * @property {number} number the selected incident's; -1 for none
 * @property {[number, number, number] | null} camera [zoom, lat, lon]; null: the home view
 * @property {import("./data/box.js").Box | null} box the part of the map that lists and counts keep to; null: all of it
 * @property {string} base the basemap
 * @property {string} show what the sites say: "status" or "changes"
 * @property {"" | "en" | "ar"} lang the language of the names; "": both, where there is room
 * @property {string} alike "1" where everything is drawn alike, "" where only what matters most stands out
 * @property {number | null} compare where the map is divided into the window's two days, in per cent; null: nowhere
 * @property {string} step a briefing's step; "" for none
 *
 * @typedef {Readonly<ViewFields>} ViewState
 * @typedef {ViewFields & {link?: string}} Command what Python sends; `link` only makes commands of two links differ
 */

/**
 * The view that a command of Python's asks for.
 * @param {Command} command
 * @returns {ViewState}
 */
export function fromCommand({ link: _, ...fields }) {
  return Object.freeze(fields);
}

/**
 * The view with some fields changed; the very same object where none is.
 * @template {object} S
 * @param {S} state frozen
 * @param {Partial<S>} patch
 * @returns {S} frozen
 */
export function changed(state, patch) {
  const entries = /** @type {[keyof S, unknown][]} */ (Object.entries(patch));
  if (entries.every(([name, value]) => Object.is(state[name], value))) return state;
  return Object.freeze({ ...state, ...patch });
}

/**
 * The chosen values with one more chosen, or no longer, where it was. Facets of which nothing is chosen are left out.
 * @param {ViewState["facets"]} facets
 * @param {string} key a facet's, such as "kind"
 * @param {string} value
 */
export function toggled(facets, key, value) {
  const { [key]: chosen = [], ...others } = facets;
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  return next.length ? { ...others, [key]: next } : others;
}

/**
 * Some fields of a view.
 * @param {Readonly<Record<string, any>>} state
 * @param {readonly string[]} names
 * @returns {Record<string, any>}
 */
export function picked(state, names) {
  return Object.fromEntries(names.map((name) => [name, state[name]]));
}

/**
 * The same string for two views that are the same in these fields, in whatever order their facets were chosen first.
 * @param {Readonly<Record<string, any>>} state
 * @param {readonly string[]} names
 */
export function keyOf(state, names) {
  return JSON.stringify(names.map((name) => sorted(state[name])));
}

/** @param {unknown} value */
function sorted(value) {
  const plain = typeof value === "object" && value !== null && !Array.isArray(value);
  return plain ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value;
}
