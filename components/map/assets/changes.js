/**
 * When sites change hands: a presence that begins (opened), one that ends (vacated), or the one after the other
 * (handed over). Pure.
 *
 * @typedef {object} Change
 * @property {"opened"|"vacated"|"handed-over"} kind
 * @property {number} site
 * @property {number} first the days it may have been
 * @property {number} last
 * @property {number} force who came, or who left
 * @property {number} previous who left, at a handover; else -1
 */

import { EVER, NEVER } from "./days.js";

/** Who comes within these days of another's leaving has taken over. */
const HANDOVER_DAYS = 31;

/**
 * @param {import("./select.js").Filter} filter
 * @returns {Change[]} of the sites that pass, in order of time
 */
export function siteChanges({ presence: rows }, filter) {
  const bySite = new Map();
  for (let n = 0; n < rows.length; n++) {
    if (rows.status[n] === "planned" || !filter.sites[rows.site[n]]) continue;
    if (filter.presence && !filter.presence[n]) continue;
    if (!bySite.has(rows.site[n])) bySite.set(rows.site[n], []);
    bySite.get(rows.site[n]).push(n);
  }
  const changes = [...bySite].flatMap(([site, numbers]) => changesAt(rows, site, numbers));
  return changes.sort((a, b) => a.first - b.first || a.last - b.last || a.site - b.site);
}

/** Whether row n of a force only goes on where row m of the same force, which began before, may not yet have ended. */
function goesOnFrom(rows, m, n) {
  const before = rows.start_first[m] - rows.start_first[n] || m - n;
  return before < 0 && rows.end_last[m] >= rows.start_first[n] - 1;
}

/** Whether row n of a force goes on in row m of the same force, which ends later. */
function goesOnIn(rows, m, n) {
  const after = rows.end_last[m] - rows.end_last[n] || m - n;
  return after > 0 && rows.start_first[m] <= rows.end_last[n] + 1;
}

function changesAt(rows, site, numbers) {
  const beside = (n) => numbers.filter((m) => m !== n && rows.force[m] === rows.force[n]);
  // A force that is there with another status or role has neither come nor left.
  const come = numbers.filter((n) => rows.start_first[n] > NEVER && !beside(n).some((m) => goesOnFrom(rows, m, n)));
  const left = numbers.filter((n) => rows.end_last[n] < EVER && !beside(n).some((m) => goesOnIn(rows, m, n)));
  const changes = [];
  const taken = new Set();
  for (const n of left) {
    const [first, last] = [Math.max(rows.end_first[n], rows.start_first[n]), rows.end_last[n]];
    const about = { site, first, last };
    const next = successor(rows, numbers, n, first, last);
    if (next === undefined) changes.push({ ...about, kind: "vacated", force: rows.force[n], previous: -1 });
    else changes.push({ ...about, kind: "handed-over", force: rows.force[next], previous: rows.force[n] });
    taken.add(next);
  }
  for (const n of come) {
    if (taken.has(n)) continue;
    const [first, last] = [rows.start_first[n], rows.start_last[n]];
    changes.push({ kind: "opened", site, first, last, force: rows.force[n], previous: -1 });
  }
  return changes;
}

/**
 * The presence nearest in time that another force begins where row n ends. As in posture.js, it may have been there
 * beside it: who was a guest has become the host.
 */
function successor(rows, numbers, n, first, last) {
  const near = numbers.filter(
    (m) =>
      rows.force[m] !== rows.force[n] &&
      rows.end_last[m] > last &&
      rows.start_first[m] <= last + HANDOVER_DAYS &&
      rows.start_last[m] >= first - HANDOVER_DAYS,
  );
  const apart = (m) => Math.abs(rows.start_first[m] - first);
  return near.sort((a, b) => apart(a) - apart(b))[0];
}
