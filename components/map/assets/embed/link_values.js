/** What a view's link says. Python says once which key each field has; see link_keys() in map/protocol.py. Pure. */

import { iso } from "../time/days.js";

/**
 * @typedef {object} LinkKey how a field of the view stands in the address; see link_keys() in map/protocol.py
 * @property {string} key
 * @property {string[]} path to its value in the view state
 * @property {unknown} default what is left out of the address
 * @property {"day" | "text" | "list" | "clear"} write a day number as a date, texts as they are, numbers with commas
 *   between, or only taken out when it is cleared
 *
 * @typedef {Record<string, string | string[] | null>} LinkValues by key; null leaves a key out
 */

/** @param {unknown} one @param {unknown} other plain data */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * What the address says of a view.
 * @param {import("../view_state.js").ViewState} view
 * @param {LinkKey[]} keys
 * @returns {LinkValues}
 */
export function linkValues(view, keys) {
  /** @type {LinkValues} */
  const values = {};
  for (const { key, path, default: home, write } of keys) {
    /** @type {any} */
    const value = path.reduce((/** @type {any} */ object, name) => object?.[name], view) ?? home;
    if (same(value, home)) values[key] = null;
    else if (write === "day") values[key] = iso(value);
    else if (write === "list") values[key] = value.join(",");
    else if (write === "text") values[key] = typeof value === "number" ? String(value) : value;
  }
  return values;
}
