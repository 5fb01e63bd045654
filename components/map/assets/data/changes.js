/**
 * What a window did to the sites, and when sites changed hands: view/outcomes.py's rules, for the drag. Pure.
 *
 * The transitions themselves come from Python.
 *
 * @typedef {object} Transition
 * @property {number} site
 * @property {number} force
 * @property {"came"|"left"|"firm"|"drawn-down"|"reinforced"|"renamed"|"doubted"|"seen"} kind
 * @property {number} first the days it may have been, or may have begun
 * @property {number} last
 * @property {number} until_first the days it may have ended
 * @property {number} until_last
 * @property {boolean} reported whether it is only reported; of one that left, whether it always was
 * @property {boolean} takes whether it is the taking over from another that left
 * @property {[number, number, number] | null} taker of one that left: who took over, and the days it may have been
 * @property {number} stay
 * @property {number} row the presence row that tells of it, -1 where a movement does
 *
 * @typedef {object} Outcome
 * @property {string} kind one of view/outcomes.py's KINDS, "" for nothing
 * @property {boolean} handed whether another took over from one that left
 * @property {number} previous who left, -1 for none
 *
 * @typedef {object} Tick
 * @property {"opened"|"vacated"|"handed-over"} kind
 * @property {number} site
 * @property {number} first
 * @property {number} last
 * @property {number} force who came, or who left
 * @property {number} previous who left, at a handover; else -1
 * @property {boolean} reported whether it is only reported
 */

import { EVER } from "../time/days.js";

const NOTHING = { kind: "", handed: false, previous: -1 };

/** @returns {Transition[]} */
export function transitionRows(columns) {
  const names = Object.keys(columns);
  return columns.site.map((_, n) => Object.fromEntries(names.map((name) => [name, columns[name][n]])));
}

/** The transitions of each site, in order of time. @param {Transition[]} rows @returns {Map<number, Transition[]>} */
export function bySite(rows) {
  const found = new Map();
  for (const row of rows) {
    if (!found.has(row.site)) found.set(row.site, []);
    found.get(row.site).push(row);
  }
  return found;
}

function certainlyWithin({ kind, first, last }, start, end) {
  if (start === end) return false;
  if (first < last) return start <= first && last <= end;
  return kind === "left" ? start <= first && first < end : start < first && first <= end;
}

function possiblyWithin({ kind, first, last }, start, end) {
  if (start === end || (first < start && last > end)) return false;
  return kind === "left" ? first < end && last >= start : first <= end && last > start;
}

function lastingWithin({ first, last, until_first, until_last }, start, end) {
  if (start === end) return false;
  const began = first <= end && last >= start;
  return began || (until_last < EVER && until_first <= end && until_last >= start);
}

/**
 * What the window [start, end] did to a site.
 * @param {Transition[]} here the site's, in order of time
 * @param {Set<number>} before the forces possibly there on the window's first day
 * @param {Set<number>} after and on its last
 * @returns {Outcome}
 */
export function outcome(here, before, after, start, end) {
  const { sure, gone, arrived } = moved(here, start, end);
  const heirs = new Set();
  for (const { taker } of gone.values()) {
    if (!taker || !after.has(taker[0]) || gone.has(taker[0])) continue;
    const took = here.some(
      (one) =>
        one.takes &&
        one.force === taker[0] &&
        one.first === taker[1] &&
        one.last === taker[2] &&
        possiblyWithin(one, start, end) &&
        (!sure || certainlyWithin(one, start, end)),
    );
    if (took) heirs.add(taker[0]);
  }
  const staying = kindOfStaying(here, before, after, start, end);
  if (!gone.size && !arrived.size) return { ...NOTHING, kind: staying };
  const firmly = (of) => new Set([...of.keys()].filter((force) => !of.get(force).reported));
  const [left, came] = [firmly(gone), firmly(arrived)];
  const kind =
    sure && left.size + came.size ? kindOfMoving(left, came, heirs.size > 0, before, after) : staying || "uncertain";
  const replaced = [...gone].filter(([, { taker }]) => taker && heirs.has(taker[0])).map(([force]) => force);
  const previous = Math.min(...(replaced.length ? replaced : gone.keys()));
  return { kind, handed: heirs.size > 0, previous: Number.isFinite(previous) ? previous : -1 };
}

/** Who surely left or came; where no one did, who possibly did. Who left and came back has stayed. */
function moved(here, start, end) {
  const moves = here
    .filter(({ kind }) => kind === "came" || kind === "left")
    .sort((a, b) => a.stay - b.stay || (a.kind < b.kind ? -1 : 1));
  for (const [sure, falls] of [
    [true, certainlyWithin],
    [false, possiblyWithin],
  ]) {
    const steps = new Map();
    for (const one of moves) {
      if (!falls(one, start, end)) continue;
      const before = steps.get(one.force);
      steps.set(one.force, { first: before?.first ?? one, last: one });
    }
    const net = (kind) =>
      new Map(
        [...steps]
          .filter(([, { first, last }]) => first.kind === kind && last.kind === kind)
          .map(([force, { last }]) => [force, last]),
      );
    const [gone, arrived] = [net("left"), net("came")];
    if (gone.size + arrived.size) return { sure, gone, arrived };
  }
  return { sure: false, gone: new Map(), arrived: new Map() };
}

function kindOfMoving(gone, arrived, handed, before, after) {
  if (handed) return "handed-over";
  const beside = (all, but) => [...all].some((force) => !but.has(force));
  if (arrived.size) return beside(gone.size ? after : before, arrived) ? "joined" : "opened";
  return beside(after, gone) ? "left" : "vacated";
}

function kindOfStaying(here, before, after, start, end) {
  const theirs = here.filter(({ force }) => before.has(force) && after.has(force));
  const lasting = theirs.filter(
    (one) => (one.kind === "reinforced" || one.kind === "drawn-down") && lastingWithin(one, start, end),
  );
  if (lasting.length) {
    // What came last counts: what still goes on, else what ended last, else what began last.
    const later = (a, b) =>
      b.until_last - a.until_last || b.first - a.first || (b.kind === "reinforced") - (a.kind === "reinforced");
    return lasting.sort(later)[0].kind === "reinforced" ? "reinforced" : "drawing-down";
  }
  if (theirs.some((one) => one.kind === "renamed" && possiblyWithin(one, start, end))) return "renamed";
  const doubted = (one) => one.kind === "doubted" && possiblyWithin(one, start, end) && one.until_last >= end;
  return theirs.some(doubted) ? "uncertain" : "";
}

/**
 * When sites changed hands, as the timeline marks it.
 * @param {{transitions: Transition[]}} data @param {import("./select.js").Filter} filter
 * @returns {Tick[]} of the sites that pass, in order of time
 */
export function ticks({ transitions }, filter) {
  const passes = ({ site, row }) => filter.sites[site] && (!filter.presence || filter.presence[row]);
  const found = [];
  for (const one of transitions) {
    const { kind, site, first, last, force, taker, takes, reported } = one;
    if (kind !== "left" && (kind !== "came" || takes)) continue;
    if (!passes(one)) continue;
    if (kind === "came") found.push({ kind: "opened", site, first, last, force, previous: -1, reported });
    else if (!taker) found.push({ kind: "vacated", site, first, last, force, previous: -1, reported });
    else found.push({ kind: "handed-over", site, first, last, force: taker[0], previous: force, reported });
  }
  return found;
}
