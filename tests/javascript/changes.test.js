/** What a window did to a site, by the cases that tests/unit/view/test_outcomes.py puts to Python. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bySite, outcome, records } from "../../components/map/assets/data/changes.js";
import { ticksOnView } from "../../components/map/assets/data/select.js";

/** @typedef {import("../../components/map/assets/data/changes.js").Transition} Transition */

const { cases } = JSON.parse(readFileSync(new URL("../cases/outcomes.json", import.meta.url), "utf8"));

/**
 * @param {[Transition["kind"], number, number, number, Partial<Transition>?]} given @param {number} row
 * @returns {Transition}
 */
function transition([kind, force, first, last, more = {}], row) {
  const plain = { until_first: first, until_last: last, reported: false, takes: false, taker: null, stay: 0, row };
  return { site: 0, force, kind, first, last, ...plain, ...more };
}

for (const [name, here, before, after, start, end, [kind, handed, previous]] of cases) {
  test(name, () => {
    const found = outcome(bySite(here.map(transition)).get(0) ?? [], new Set(before), new Set(after), start, end);
    assert.deepEqual(found, { kind, handed, previous });
  });
}

test("columns become rows, and rows are found by site", () => {
  const rows = /** @type {Transition[]} */ (records({ site: [3, 0, 3], force: [1, 2, 0] }));
  assert.deepEqual(rows, [
    { site: 3, force: 1 },
    { site: 0, force: 2 },
    { site: 3, force: 0 },
  ]);
  assert.deepEqual(bySite(rows).get(3), [rows[0], rows[2]]);
  assert.equal(bySite(rows).get(1), undefined);
});

test("ticks of sites and of presence that are filtered out are not drawn", () => {
  const plain = { kind: /** @type {const} */ ("opened"), previous: -1, first: 1, last: 1, force: 0, reported: false };
  const ticks = [0, 1, 2].map((row) => ({ ...plain, site: row % 2, row }));
  const drawn = (/** @type {number[]} */ sites, /** @type {number[] | null} */ presence) =>
    ticksOnView({ ticks }, { sites: Uint8Array.from(sites), presence: presence && Uint8Array.from(presence) }).map(
      ({ row }) => row,
    );
  assert.deepEqual(drawn([1, 1], null), [0, 1, 2]);
  assert.deepEqual(drawn([1, 0], null), [0, 2]);
  assert.deepEqual(drawn([1, 1], [0, 1, 1]), [1, 2]);
});
