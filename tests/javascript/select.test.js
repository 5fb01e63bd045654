/** What a view shows, by the cases that tests/unit/view/test_selection_cases.py puts to Python. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { resolve, Slice, select } from "../../components/map/assets/data/select.js";

const { rows: columns, views } = JSON.parse(readFileSync(new URL("../cases/selection.json", import.meta.url), "utf8"));
const { hay, ...rest } = columns;
const length = hay.length;
let most = -Infinity;
const reach = Int32Array.from(columns.end_last, (day) => {
  most = Math.max(most, day);
  return most;
});

/** The same rows as movements, and as incidents: their text is fetched, here it is there. */
const data = {
  incidents: { ...rest, length, reach, kind: Uint8Array.from(columns.facets.kind.codes) },
  movements: { ...rest, length },
  sites: { ...rest, length },
  presence: { ...rest, length, facets: {}, site: hay.map(() => 0) },
  areas: { ...rest, length, facets: {}, force: hay.map(() => 0), known_days: hay.map(() => 0) },
  kinds: columns.facets.kind.combos,
  ticks: [],
  hay: {
    text: hay,
    sites: hay,
    movements: hay,
    load: async () => {},
    keep: (/** @type {Uint8Array} */ pass, /** @type {string} */ term) => {
      for (let i = 0; i < length; i++) pass[i] &= hay[i].includes(` ${term}`) ? 1 : 0;
    },
  },
};

for (const [name, facets, terms, day, start, end, numbers, sure] of views) {
  test(name, async () => {
    const filter = await resolve(data, { facets, terms, known: day === null ? null : { day } });
    const { incidents, movements } = select(data, filter, start, end);
    assert.deepEqual(movements.numbers, numbers);
    assert.deepEqual(
      movements.numbers.filter((_, at) => movements.sure[at]),
      sure,
    );
    assert.deepEqual(incidents.numbers, numbers);
    assert.deepEqual(
      incidents.numbers.filter((i) => incidents.certain(i)),
      sure,
    );
    assert.equal(incidents.count, numbers.length);
    assert.deepEqual(incidents.newest(2), numbers.slice(-2).reverse());
    assert.deepEqual(
      hay
        .map((/** @type {string} */ _, /** @type {number} */ i) => i)
        .filter((/** @type {number} */ i) => incidents.has(i)),
      numbers,
    );
  });
}

test("a slice counts by kind, of those that pass", () => {
  const pass = Uint8Array.from([1, 1, 1, 1, 0, 1]);
  const slice = new Slice(data.incidents, pass, 5, 40).tally(4);
  assert.deepEqual([...slice.countByKind], [1, 1, 1, 1]);
  assert.equal(slice.count, 4);
});
