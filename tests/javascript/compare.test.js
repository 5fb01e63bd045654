import assert from "node:assert/strict";
import { test } from "node:test";
import { compared, halves } from "../../components/map/assets/compare/halves.js";
import { Slice } from "../../components/map/assets/data/select.js";

const ROWS = {
  length: 1,
  kind: [0],
  reach: [20],
  start_first: [10],
  start_last: [10],
  end_first: [20],
  end_last: [20],
};
const LATER = [{ status: "vacated", force: -1, possible: false, previous: 0, change: "vacated" }];

/** A site that a force held from day 5 to 15. */
const DATA = {
  sites: { id: ["base"] },
  presence: {
    length: 1,
    site: [0],
    force: [0],
    status: ["present"],
    known_days: [30],
    start_first: [5],
    start_last: [5],
    end_first: [15],
    end_last: [15],
  },
  areas: {
    length: 1,
    force: [0],
    known_days: [30],
    start_first: [5],
    start_last: [5],
    end_first: [15],
    end_last: [15],
  },
  transitionsBySite: new Map(),
};

/** @param {ReturnType<typeof compared>} divided @returns {any} */
function view(divided) {
  const incidents = new Slice(ROWS, Uint8Array.of(1), 10, 20).tally(1);
  const selection = { sites: [0], areas: [], incidents, movements: { numbers: [0], sure: [true] } };
  return { selection, compared: divided, states: LATER, marks: "changes", rivals: [{}] };
}

const at = (/** @type {number | null} */ compare) =>
  compared(/** @type {any} */ (DATA), /** @type {any} */ (LATER), { start: 10, compare }, { areas: Uint8Array.of(1) });

test("a map that is not compared is drawn whole, as it is", () => {
  const whole = view(at(null));
  const parts = halves(whole, 400);
  assert.equal(parts.length, 1);
  assert.equal(parts[0].view, whole);
  assert.ok(parts[0].left < 0 && parts[0].right > 400);
});

for (const [percent, edge] of [
  [0, 0],
  [25, 100],
  [50, 200],
  [100, 400],
]) {
  test(`divided at ${percent} % of 400 pixels the halves meet at ${edge}`, () => {
    const [left, right] = halves(view(at(percent)), 400);
    assert.deepEqual([left.right, right.left], [edge, edge]);
    assert.ok(left.left < 0 && right.right > 400);
  });
}

test("the left half tells the first day, the right one the last, and both what changed", () => {
  const [left, right] = halves(view(at(50)), 400);
  assert.deepEqual(left.view.states, [{ status: "held", force: 0, possible: false, previous: -1, change: "vacated" }]);
  assert.deepEqual(right.view.states, LATER);
  assert.deepEqual([left.view.selection.areas, right.view.selection.areas], [[{ number: 0, possible: false }], []]);
});

test("no half has what happened between the days", () => {
  const asked = view(at(50));
  for (const half of halves(asked, 400)) {
    const { incidents, movements, sites } = half.view.selection;
    assert.deepEqual([incidents.count, incidents.numbers, incidents.has(0), movements.numbers], [0, [], false, []]);
    assert.deepEqual(half.view.rivals, []);
    assert.deepEqual(sites, [0]);
  }
  assert.equal(asked.selection.incidents.count, 1, "what is on view stays as it is");
});
