import assert from "node:assert/strict";
import { test } from "node:test";

import { thinned } from "../../components/map/assets/draw/quick.js";

const line = Float64Array.from([0, 0, 0.1, 0, 0.4, 0.2, 1, 0, 1.05, 0]);

test("points that lie within a pixel of the one before are left out, but for the last", () =>
  assert.deepEqual(thinned(line, 1, { x: 0, y: 0 }), [
    [0, 0],
    [1, 0],
    [1.05, 0],
  ]));

test("from near by all are told, from the map's own origin", () => {
  assert.deepEqual(thinned(line, 100, { x: 10, y: 20 }).at(0), [-10, -20]);
  assert.equal(thinned(line, 100, { x: 0, y: 0 }).length, 5);
});
