/**
 * A link read in the browser, where no server does: view/view.py's read_checked() and view/link.py's read_link(). Which keys
 * there are, their values and what is said of a fault come from Python (site/reader.py); a test holds the two together. Pure.
 */

import { terms } from "../../map/assets/data/names.js";
import { dayNumber, iso } from "../../map/assets/time/days.js";

/**
 * @typedef {import("../../map/assets/view_state.js").Command} Command
 *
 * @typedef {object} Key a key of the link
 * @property {string} key
 * @property {"day" | "choice" | "text" | "row" | "camera" | "box" | "percent" | "version" | "step" | "absent"} kind how a value is read;
 *   "absent" where a static site has nothing for it
 * @property {boolean} [repeatable]
 * @property {string[]} [values] those that a choice may have
 * @property {number[]} [limits] the first and the last day, or the longest text
 * @property {string} wrong what is said of a value that does not parse or names nothing
 * @property {string} [beyond] what is said of one that is beyond the limits
 *
 * @typedef {object} Reader what links are read with
 * @property {Key[]} keys
 * @property {Record<string, string>} steps the query of each step's own view, by the step's name
 * @property {string[]} beside the keys that may stand beside a step which is told in full
 * @property {Record<string, string[]>} rows the ids of sites, incidents and movements, in the order of their numbers
 * @property {Command} home what the map shows without a link
 * @property {{fault: string, before: string, outdated: string}} words templates: of {key}, {value} and {what}; of {start}; of {cited}
 * @property {string} version of the data
 *
 * @typedef {Record<string, any>} Values what a link says, by key
 */

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/;
const DEGREES = /^-?\d{1,3}(\.\d{1,6})?$/;
/** How much of a value is shown of one that is not understood. */
const SHOWN = 40;

/**
 * What a link asks for, and what in it was not understood or is not here, in sentences.
 * @param {URLSearchParams} query @param {Reader} reader
 * @returns {{values: Values, kept: URLSearchParams, command: Command, notices: string[]}} `kept` is the link without what was
 *   not understood
 */
export function readLink(query, reader) {
  const { keys, steps, beside, words, version } = reader;
  let { values, kept, notices } = read(query, reader);
  const more = keys.some(({ key }) => !beside.includes(key) && query.has(key));
  // A link that says no more than its step means the step's own view.
  if (values.step && !more) {
    const own = read(new URLSearchParams(steps[values.step]), reader);
    values = { ...own.values, ...values };
    notices = [...notices, ...own.notices];
  }
  if (values.data && values.data !== version) notices.push(words.outdated.replace("{cited}", values.data));
  return { values, kept, command: command(values, reader), notices };
}

/** @param {URLSearchParams} query @param {Reader} reader @returns {{values: Values, kept: URLSearchParams, notices: string[]}} */
function read(query, reader) {
  const { keys, home, words } = reader;
  /** @type {Values} */
  const values = {};
  const kept = new URLSearchParams();
  /** @type {string[]} */
  const notices = [];
  const tell = (/** @type {string} */ key, /** @type {string} */ value, /** @type {string} */ what) => {
    const shown = value.length <= SHOWN ? value : `${value.slice(0, SHOWN - 1)}…`;
    /** @type {Record<string, string>} */
    const said = { key, value: shown, what };
    notices.push(words.fault.replace(/\{(\w+)\}/g, (_, name) => said[name]));
  };
  for (const key of keys) {
    const given = query.getAll(key.key);
    const found = [];
    for (const text of key.repeatable ? new Set(given) : given.slice(-1)) {
      const { value, wrong } = one(text, key, reader);
      if (wrong) tell(key.key, text, wrong);
      else {
        found.push(value);
        kept.append(key.key, text);
      }
    }
    if (found.length) values[key.key] = key.repeatable ? found : found[0];
  }
  const { from = home.start, to = home.end } = values;
  if (from > to) {
    tell("to", iso(to), words.before.replace("{start}", iso(from)));
    for (const key of ["from", "to"]) {
      delete values[key];
      kept.delete(key);
    }
  }
  return { values, kept, notices };
}

/**
 * @param {string} text @param {Key} key @param {Reader} reader
 * @returns {{value?: any, wrong?: string}}
 */
function one(text, { kind, values = [], limits = [], wrong, beyond = wrong }, { rows, steps }) {
  /** @param {boolean} right @param {any} value */
  const either = (right, value) => (right ? { value } : { wrong });
  switch (kind) {
    case "day": {
      const day = DAY.test(text) ? dayNumber(text) : Number.NaN;
      // A month has no day that rolls over into the next: 2026-02-30.
      if (Number.isNaN(day) || iso(day) !== text) return { wrong };
      return day < limits[0] || day > limits[1] ? { wrong: beyond } : { value: day };
    }
    case "choice":
      return either(values.includes(text), text);
    case "text":
      return either([...text].length <= limits[0], text.trim());
    case "row": {
      const [type, id] = text.split(/:(.*)/s);
      return either(Boolean(rows[type]?.includes(id)), text);
    }
    case "camera": {
      const parts = text.split("/");
      if (parts.length !== 3 || !parts.every((part) => NUMBER.test(part.trim()))) return { wrong };
      const [zoom, lat, lon] = parts.map(Number);
      const there = zoom >= 0 && zoom <= 19 && Math.abs(lat) <= 90 && Math.abs(lon) <= 360;
      return there ? { value: [zoom, lat, lon] } : { wrong: beyond };
    }
    case "box": {
      const parts = text.split(",");
      if (parts.length !== 4 || !parts.every((part) => DEGREES.test(part))) return { wrong };
      const [west, south, east, north] = parts.map(Number);
      const there = Math.max(Math.abs(west), Math.abs(east)) <= 180 && south >= -90 && south <= north && north <= 90;
      return there ? { value: [west, south, east, north] } : { wrong: beyond };
    }
    case "percent":
      return either(/^\d{1,3}$/.test(text) && Number(text) <= 100, Number(text));
    case "version":
      return either(/^[0-9a-f]{12}$/.test(text), text);
    case "step":
      return either(Object.hasOwn(steps, text), text);
    default:
      return { wrong };
  }
}

/** What the map is to show. @param {Values} values @param {Reader} reader @returns {Command} */
function command(values, { home, rows, keys }) {
  const selected = values.sel ?? "";
  const [type, id] = selected.split(/:(.*)/s);
  const facets = keys.filter(({ key, repeatable }) => repeatable && values[key]).map(({ key }) => [key, values[key]]);
  return {
    ...home,
    start: values.from ?? home.start,
    end: values.to ?? home.end,
    facets: Object.fromEntries(facets),
    terms: terms(values.q ?? ""),
    selected,
    number: type === "incident" ? rows.incident.indexOf(id) : -1,
    camera: values.map ?? null,
    box: values.box ?? null,
    base: values.base ?? home.base,
    show: values.show ?? home.show,
    lang: values.lang ?? home.lang,
    alike: values.alike ?? home.alike,
    compare: values.compare ?? home.compare,
    step: values.step ?? "",
  };
}
