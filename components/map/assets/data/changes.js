/**
 * What a window did to the sites: view/outcomes.py's rules, for the drag. Pure; tests/cases/outcomes.json and the
 * curated data hold the two together.
 *
 * The transitions themselves come from Python, and so do the ticks (view/ticks.py).
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
 * @typedef {object} Tick when a site changed hands, as the timeline marks it
 * @property {"opened"|"vacated"|"handed-over"} kind
 * @property {number} site
 * @property {number} force who came, took over, or left
 * @property {number} previous who left, at a handover; else -1
 * @property {number} first
 * @property {number} last
 * @property {boolean} reported whether it is only reported
 * @property {number} row the presence row that tells of it
 */

import { EVER } from "../time/days.js";

/** @type {Outcome} */
const NOTHING = { kind: "", handed: false, previous: -1 };

/**
 * Rows of columns, such as transitions: an object each.
 * @template T @param {Record<string, any[]>} columns @returns {T[]}
 */
export function records(columns) {
  const names = Object.keys(columns);
  const row = (/** @type {number} */ n) => Object.fromEntries(names.map((name) => [name, columns[name][n]]));
  return columns[names[0]].map((_, n) => /** @type {T} */ (row(n)));
}

/**
 * The transitions of each site: stay by stay, and of a stay what came before what left.
 * @param {Transition[]} rows @returns {Map<number, Transition[]>}
 */
export function bySite(rows) {
  /** @type {Map<number, Transition[]>} */
  const found = new Map();
  for (const row of rows) {
    const here = found.get(row.site);
    if (here) here.push(row);
    else found.set(row.site, [row]);
  }
  const order = (/** @type {Transition} */ { kind }) => Number(kind === "left");
  for (const here of found.values()) here.sort((a, b) => a.stay - b.stay || order(a) - order(b));
  return found;
}

/** Whether it surely falls between the edges of a window. @param {Transition} one @param {number} start @param {number} end */
function certainlyWithin({ kind, first, last }, start, end) {
  if (start === end) return false;
  if (first < last) return start <= first && last <= end;
  return kind === "left" ? start <= first && first < end : start < first && first <= end;
}

/** Whether it may. @param {Transition} one @param {number} start @param {number} end */
function possiblyWithin({ kind, first, last }, start, end) {
  if (start === end || (first < start && last > end)) return false;
  return kind === "left" ? first < end && last >= start : first <= end && last > start;
}

/** Whether what lasts began or ended in the window, both days included. @param {Transition} one @param {number} start @param {number} end */
function lastingWithin({ first, last, until_first, until_last }, start, end) {
  if (start === end) return false;
  const began = first <= end && last >= start;
  return began || (until_last < EVER && until_first <= end && until_last >= start);
}

/**
 * What the window [start, end] did to a site.
 * @param {Transition[]} here the site's, as bySite() has them
 * @param {Set<number>} before the forces possibly there on the window's first day
 * @param {Set<number>} after and on its last
 * @param {number} start @param {number} end
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
  const staying = () => kindOfStaying(here, before, after, start, end);
  if (!gone.size && !arrived.size) {
    const kind = staying();
    return kind ? { ...NOTHING, kind } : NOTHING;
  }
  /** @param {Map<number, Transition>} of */
  const firmly = (of) => new Set([...of].filter(([, one]) => !one.reported).map(([force]) => force));
  const [left, came] = [firmly(gone), firmly(arrived)];
  const kind =
    sure && left.size + came.size ? kindOfMoving(left, came, heirs.size > 0, before, after) : staying() || "uncertain";
  const replaced = [...gone].filter(([, { taker }]) => taker && heirs.has(taker[0])).map(([force]) => force);
  const previous = Math.min(...(replaced.length ? replaced : gone.keys()));
  return { kind, handed: heirs.size > 0, previous: Number.isFinite(previous) ? previous : -1 };
}

/**
 * Who surely left or came; where no one did, who possibly did. Who left and came back has stayed.
 * @param {Transition[]} here @param {number} start @param {number} end
 * @returns {{sure: boolean, gone: Map<number, Transition>, arrived: Map<number, Transition>}}
 */
function moved(here, start, end) {
  for (const sure of [true, false]) {
    const falls = sure ? certainlyWithin : possiblyWithin;
    /** @type {Map<number, {first: Transition, last: Transition}>} */
    const steps = new Map();
    for (const one of here) {
      if ((one.kind !== "came" && one.kind !== "left") || !falls(one, start, end)) continue;
      const before = steps.get(one.force);
      if (before) before.last = one;
      else steps.set(one.force, { first: one, last: one });
    }
    /** @type {Map<number, Transition>} */
    const gone = new Map();
    /** @type {Map<number, Transition>} */
    const arrived = new Map();
    for (const [force, { first, last }] of steps)
      if (first.kind === last.kind) (last.kind === "left" ? gone : arrived).set(force, last);
    if (gone.size + arrived.size) return { sure, gone, arrived };
  }
  return { sure: false, gone: new Map(), arrived: new Map() };
}

/**
 * @param {Set<number>} gone @param {Set<number>} arrived @param {boolean} handed
 * @param {Set<number>} before @param {Set<number>} after
 */
function kindOfMoving(gone, arrived, handed, before, after) {
  if (handed) return "handed-over";
  /** @param {Set<number>} all @param {Set<number>} but */
  const beside = (all, but) => [...all].some((force) => !but.has(force));
  if (arrived.size) return beside(gone.size ? after : before, arrived) ? "joined" : "opened";
  return beside(after, gone) ? "left" : "vacated";
}

/**
 * @param {Transition[]} here @param {Set<number>} before @param {Set<number>} after
 * @param {number} start @param {number} end
 */
function kindOfStaying(here, before, after, start, end) {
  const theirs = here.filter(
    ({ kind, force }) => kind !== "came" && kind !== "left" && before.has(force) && after.has(force),
  );
  if (!theirs.length) return "";
  const lasting = theirs.filter(
    (one) => (one.kind === "reinforced" || one.kind === "drawn-down") && lastingWithin(one, start, end),
  );
  if (lasting.length) {
    // What came last counts: what still goes on, else what ended last, else what began last.
    /** @param {Transition} a @param {Transition} b */
    const later = (a, b) =>
      b.until_last - a.until_last ||
      b.first - a.first ||
      Number(b.kind === "reinforced") - Number(a.kind === "reinforced");
    return lasting.sort(later)[0].kind === "reinforced" ? "reinforced" : "drawing-down";
  }
  if (theirs.some((one) => one.kind === "renamed" && possiblyWithin(one, start, end))) return "renamed";
  /** @param {Transition} one */
  const doubted = (one) => one.kind === "doubted" && possiblyWithin(one, start, end) && one.until_last >= end;
  return theirs.some(doubted) ? "uncertain" : "";
}
