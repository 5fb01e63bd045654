/** What is kept from one window to the next is what would be worked out anew: over any rows and any drag. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { bySite } from "../../components/map/assets/data/changes.js";
import { siteStates } from "../../components/map/assets/data/posture.js";
import { SiteStates } from "../../components/map/assets/data/site_states.js";
import { EVER } from "../../components/map/assets/time/days.js";

/** The same numbers every time. @param {number} seed */
function dice(seed) {
  let state = seed;
  return (/** @type {number} */ sides) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * sides);
  };
}

/** @typedef {import("../../components/map/assets/data/changes.js").Transition} Transition */

/** @param {(sides: number) => number} roll @param {number} sites */
function drawn(roll, sites) {
  const rows = { site: [], force: [], status: [], known_days: [], start_first: [], start_last: [], end_first: [] };
  /** @type {any} */
  const presence = { length: 0, end_last: [], ...rows };
  /** @type {Transition[]} */
  const transitions = [];
  const kinds = /** @type {const} */ (["came", "left", "drawn-down", "reinforced", "renamed", "doubted"]);
  for (let n = 0; n < 4 * sites; n++) {
    const [first, long] = [roll(60), roll(8)];
    const [start_last, end_first] = [first + roll(4), first + 4 + long];
    const row = {
      site: roll(sites),
      force: roll(3),
      status: ["present", "reported", "planned", "drawing-down"][roll(4)],
      known_days: roll(10),
      start_first: first,
      start_last,
      end_first,
      end_last: roll(3) ? end_first + roll(5) : EVER,
    };
    for (const [name, value] of Object.entries(row)) presence[name].push(value);
    presence.length += 1;
    const [began, until] = [roll(60), roll(60)];
    transitions.push({
      site: roll(sites),
      force: roll(3),
      kind: kinds[roll(6)],
      first: began,
      last: began + roll(3),
      until_first: until,
      until_last: until + roll(3),
      reported: roll(4) === 0,
      takes: roll(2) === 0,
      taker: null,
      stay: roll(3),
      row: n,
    });
  }
  const ids = Array.from({ length: sites }, (_, s) => String(s));
  return { sites: { id: ids }, presence, transitionsBySite: bySite(transitions) };
}

test("states kept from window to window are those of each window", () => {
  const roll = dice(20261126);
  for (let round = 0; round < 20; round++) {
    const data = drawn(roll, 12);
    const kept = new SiteStates();
    let [start, end] = [roll(40), 40 + roll(30)];
    for (let step = 0; step < 120; step++) {
      assert.deepEqual(kept.of(data, start, end), siteStates(data, start, end), `round ${round}, ${start} to ${end}`);
      if (roll(8) === 0) start = end;
      else if (roll(2)) end += roll(5) - 2;
      else start += roll(5) - 2;
      if (start > end) start = end - roll(30);
    }
  }
});

test("other rows are worked out anew", () => {
  const roll = dice(7);
  const kept = new SiteStates();
  for (const data of [drawn(roll, 3), drawn(roll, 5)]) assert.deepEqual(kept.of(data, 5, 30), siteStates(data, 5, 30));
});
