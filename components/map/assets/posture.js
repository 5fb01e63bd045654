/**
 * Who holds each site as of a day, and what a window did to it: view/posture.py's rules, for the drag. Pure.
 *
 * @typedef {object} SiteState
 * @property {"held"|"handed-over"|"vacated"|"former"|"unknown"} status
 * @property {number} force its number, -1 where none holds the site
 * @property {boolean} possible whether it only possibly does
 * @property {number} previous the force that left, -1 where none did
 * @property {boolean} opened whether it is held by who came within the window, and no one was there before
 */

import { EVER, NEVER } from "./days.js";

/** As in posture.py: a presence unconfirmed for longer is only possible. */
const STALE_DAYS = 365;

/** @returns {SiteState[]} one per site, in their order */
export function siteStates(data, start, end) {
  const rows = data.presence;
  const bySite = data.sites.id.map(() => []);
  for (let n = 0; n < rows.length; n++) {
    if (rows.status[n] !== "planned" && rows.start_first[n] <= end) bySite[rows.site[n]].push(n);
  }
  return bySite.map((numbers) => state(rows, numbers, start, end));
}

function onlyPossible(rows, n, end) {
  const settled = rows.start_last[n] <= end && rows.status[n] !== "reported";
  if (!settled) return true;
  if (rows.end_first[n] >= end) return false;
  return rows.end_last[n] !== EVER || end - rows.end_first[n] > STALE_DAYS;
}

function state(rows, numbers, start, end) {
  const present = numbers.filter((n) => rows.end_last[n] >= end);
  const holding = new Set(present.map((n) => rows.force[n]));
  const left = numbers.filter((n) => rows.end_last[n] < end && !holding.has(rows.force[n]));
  const leftWithin = left.filter((n) => rows.end_last[n] >= start);
  const first = present
    .map((n) => ({ n, possible: onlyPossible(rows, n, end), force: rows.force[n] }))
    .sort((a, b) => a.possible - b.possible || a.force - b.force || a.n - b.n)[0];
  const held = { force: first?.force ?? -1, possible: first?.possible ?? false, opened: false };
  const cameWithin = present.some((n) => rows.start_last[n] >= start && rows.start_first[n] > NEVER);
  if (leftWithin.length) {
    const previous = Math.min(...leftWithin.map((n) => rows.force[n]));
    if (!first) return { status: "vacated", ...held, previous };
    if (cameWithin) return { status: "handed-over", ...held, previous };
  }
  if (first) {
    const before = numbers.some((n) => rows.start_first[n] < start && rows.end_last[n] >= start);
    return { status: "held", ...held, opened: cameWithin && !before, previous: -1 };
  }
  if (left.length) {
    const last = left.sort((a, b) => rows.end_last[b] - rows.end_last[a] || rows.force[a] - rows.force[b] || a - b);
    return { status: "former", ...held, previous: rows.force[last[0]] };
  }
  return { status: "unknown", ...held, previous: -1 };
}
