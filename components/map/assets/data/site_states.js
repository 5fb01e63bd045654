/**
 * How the sites stand, kept from one window to the next: a window that is dragged by a day changes few of them, and only
 * those are worked out anew. Pure.
 *
 * @typedef {import("./posture.js").SiteState} SiteState
 * @typedef {Parameters<typeof import("./posture.js").siteState>[0]} Rows
 */

import { EVER } from "../time/days.js";
import { rowsBySite, siteState } from "./posture.js";

export class SiteStates {
  /** Of which rows. @type {Rows | null} */
  #data = null;
  /** The presence rows of each site. @type {number[][]} */
  #rows = [];
  /** @type {Float64Array[]} */
  #turns = [];
  /** @type {SiteState[]} */
  #states = [];
  /** For which days each state holds: of the window's first day [from, to), then of its last. @type {Float64Array[]} */
  #holds = [];
  #single = false;

  /**
   * How each site of `data` stands in the window [start, end], in their order.
   * @param {Rows} data @param {number} start @param {number} end
   */
  of(data, start, end) {
    const single = start === end;
    if (data !== this.#data || single !== this.#single) this.#forget(data, single);
    const [startFrom, startTo, endFrom, endTo] = this.#holds;
    const states = this.#states.slice(); // whoever has the last answer keeps it
    for (let s = 0; s < states.length; s++) {
      if (start >= startFrom[s] && start < startTo[s] && end >= endFrom[s] && end < endTo[s]) continue;
      states[s] = siteState(data, this.#rows[s], s, start, end);
      [startFrom[s], startTo[s]] = this.#same(s, start);
      [endFrom[s], endTo[s]] = this.#same(s, end);
    }
    this.#states = states;
    return states;
  }

  /** @param {Rows} data @param {boolean} single */
  #forget(data, single) {
    if (data !== this.#data) [this.#rows, this.#turns] = [rowsBySite(data), []];
    this.#data = data;
    this.#single = single;
    const { length } = this.#rows;
    this.#states = new Array(length);
    // No day is in any of them yet.
    this.#holds = [0, 1, 2, 3].map(() => new Float64Array(length));
  }

  /**
   * From which day on, and before which, an edge of the window may lie without any change at a site.
   * @param {number} s @param {number} edge @returns {[number, number]}
   */
  #same(s, edge) {
    const turns = (this.#turns[s] ??= this.#turnsOf(s));
    let [low, high] = [0, turns.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (turns[middle] <= edge) low = middle + 1;
      else high = middle;
    }
    return [turns[low - 1] ?? -Infinity, turns[low] ?? Infinity];
  }

  /**
   * The days on which a site may begin to stand otherwise, in order: every rule compares an edge of the window with a day
   * that the site's rows name, so that it answers otherwise from that day on, or from the one after.
   * @param {number} s
   */
  #turnsOf(s) {
    const { presence: rows, transitionsBySite } = /** @type {Rows} */ (this.#data);
    /** @type {number[]} */
    const days = [];
    for (const n of this.#rows[s]) {
      const { start_first, start_last, end_first, end_last, known_days } = rows;
      days.push(start_first[n], start_last[n], end_first[n], end_last[n]);
      if (end_last[n] === EVER) days.push(end_first[n] + known_days[n]);
    }
    for (const { kind, first, last, until_first, until_last } of transitionsBySite.get(s) ?? []) {
      days.push(first, last);
      if (kind !== "came" && kind !== "left") days.push(until_first, until_last); // which are at once
    }
    return Float64Array.from(new Set(days.flatMap((day) => [day, day + 1]))).sort();
  }
}
