/**
 * How each site stands as of a day, and what a window did to it: view/states.py's rules, for the drag.
 * Pure; tests/unit/map/test_parity.py holds the two together.
 *
 * @typedef {object} SiteState
 * @property {"held"|"handed-over"|"vacated"|"former"|"unknown"} status
 * @property {number} force its number, -1 where none holds the site
 * @property {boolean} possible whether it only possibly does
 * @property {number} previous the force that left, -1 where none did
 * @property {string} change what the window did to it, by view/outcomes.py's KINDS; "" where it did nothing
 *
 * @typedef {object} Presence columns
 * @property {number} length
 * @property {number[]} site
 * @property {number[]} force
 * @property {string[]} status
 * @property {number[]} known_days for how many days of silence one without an end is there as far as known
 * @property {ArrayLike<number>} start_first
 * @property {ArrayLike<number>} start_last
 * @property {ArrayLike<number>} end_first
 * @property {ArrayLike<number>} end_last
 */

import { EVER } from "../time/days.js";
import { outcome } from "./changes.js";

/** @typedef {{sites: {id: string[]}, presence: Presence, transitionsBySite: Map<number, import("./changes.js").Transition[]>}} Rows */

/**
 * @param {Rows} data
 * @param {number} start @param {number} end
 * @returns {SiteState[]} one per site, in their order
 */
export function siteStates(data, start, end) {
  return rowsBySite(data).map((numbers, site) => siteState(data, numbers, site, start, end));
}

/**
 * The areas that are held on a day, of those that pass the filters: their numbers, and whether each only possibly is.
 * @param {{areas: Omit<Presence, "site" | "status">}} data @param {Uint8Array} pass @param {number} day
 * @returns {{number: number, possible: boolean}[]}
 */
export function areasOn({ areas: rows }, pass, day) {
  const held = [];
  for (let number = 0; number < rows.length; number++) {
    if (!pass[number] || rows.start_first[number] > day || rows.end_last[number] < day) continue;
    held.push({ number, possible: onlyPossible(rows, number, day) });
  }
  return held;
}

/** The presence rows at each site, without those that are only planned. @param {Rows} data */
export function rowsBySite({ sites, presence: rows }) {
  /** @type {number[][]} */
  const bySite = sites.id.map(() => []);
  for (let n = 0; n < rows.length; n++) if (rows.status[n] !== "planned") bySite[rows.site[n]].push(n);
  return bySite;
}

/**
 * Whether a row is only possibly there, as in view/posture.py. Areas have no status.
 * @param {Omit<Presence, "site" | "status"> & {status?: string[]}} rows @param {number} n @param {number} end
 */
function onlyPossible(rows, n, end) {
  const settled = rows.start_last[n] <= end && rows.status?.[n] !== "reported";
  if (!settled) return true;
  if (rows.end_first[n] >= end) return false;
  return rows.end_last[n] !== EVER || end - rows.end_first[n] > rows.known_days[n];
}

/**
 * Where a force is on a day, of some sites: surely or as far as known, and only possibly, as view/watch.py's sites_of().
 * @param {{presence: Presence}} data @param {number} force @param {number} day @param {ReadonlySet<number>} sites
 */
export function sitesOf({ presence: rows }, force, day, sites) {
  /** @type {Set<number>} */
  const sure = new Set();
  /** @type {Set<number>} */
  const possible = new Set();
  for (let n = 0; n < rows.length; n++) {
    if (rows.force[n] !== force || rows.status[n] === "planned" || !sites.has(rows.site[n])) continue;
    if (rows.start_first[n] > day || rows.end_last[n] < day) continue;
    (onlyPossible(rows, n, day) ? possible : sure).add(rows.site[n]);
  }
  for (const site of sure) possible.delete(site);
  return { sure, possible };
}

/**
 * How one site stands.
 * @param {Rows} data @param {number[]} numbers of its presence rows, as rowsBySite() has them @param {number} site
 * @param {number} start @param {number} end
 * @returns {SiteState}
 */
export function siteState({ presence: rows, transitionsBySite }, numbers, site, start, end) {
  const transitions = transitionsBySite.get(site) ?? [];
  /** The forces there on the window's first day, and on its last. @type {Set<number>} */
  const before = new Set();
  /** @type {Set<number>} */
  const holding = new Set();
  /** Of those the one whose colour the site has: surely there before possibly, then in the order of forces. */
  let first = { force: -1, possible: true };
  for (const n of numbers) {
    const force = rows.force[n];
    if (rows.start_first[n] <= start && rows.end_last[n] >= start) before.add(force);
    if (rows.start_first[n] > end || rows.end_last[n] < end) continue;
    holding.add(force);
    const possible = onlyPossible(rows, n, end);
    const surer = possible === first.possible ? force < first.force : !possible;
    if (first.force < 0 || surer) first = { force, possible };
  }
  const { kind: change, handed, previous } = outcome(transitions, before, holding, start, end);
  const left = numbers.filter((n) => rows.end_last[n] < end && !holding.has(rows.force[n]));
  const wasThere = previous >= 0 && left.some((n) => rows.force[n] === previous);
  if (holding.size) {
    const taken = handed && wasThere;
    return { status: taken ? "handed-over" : "held", ...first, previous: taken ? previous : -1, change };
  }
  const none = { force: -1, possible: false };
  if (wasThere) return { status: "vacated", ...none, previous, change };
  if (left.length) {
    const last = left.sort((a, b) => rows.end_last[b] - rows.end_last[a] || rows.force[a] - rows.force[b] || a - b);
    return { status: "former", ...none, previous: rows.force[last[0]], change };
  }
  return { status: "unknown", ...none, previous: -1, change: "" };
}
