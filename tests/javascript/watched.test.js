/** Watch it: its stills, its counts, its words. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { countOn, range, stills } from "../../components/map/assets/timeline/watched.js";

/** @type {import("../../components/map/assets/timeline/watch.js").Step[]} */
const STEPS = [
  [10, 19, 900, 900, "900", "11 Jan 1970"],
  [20, 25, null, 1000, "up to 1,000", "21 Jan 1970"],
];

test("three stills: the first day, the middle and the last", () => {
  assert.deepEqual(stills({ start: 10, end: 20 }), [10, 15, 20]);
});

test("a count holds from its day, and is the last one known after it", () => {
  const counts = [9, 10, 19, 20, 99].map((day) => countOn(STEPS, day)?.[4] ?? "none");
  assert.deepEqual(counts, ["none", "900", "900", "up to 1,000", "up to 1,000"]);
});

test("what is only possible is never counted as sure", () => {
  assert.equal(range({ sure: 4, possible: 0 }), "4");
  assert.equal(range({ sure: 0, possible: 6 }), "0–6");
  assert.equal(range({ sure: 4, possible: 4 }), "4–8");
});
