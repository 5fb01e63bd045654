import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { boxed, boxOf, inBox, meets } from "../../components/map/assets/data/box.js";
import { unrolled } from "../../components/map/assets/data/longitudes.js";
import { atOnce } from "../../components/map/assets/slices.js";

const {
  holds,
  meets: meetings,
  seams,
  of,
} = JSON.parse(readFileSync(new URL("../cases/boxes.json", import.meta.url), "utf8"));

for (const [name, box, lat, lon, expected] of holds) {
  test(`a box holds: ${name}, wherever the world is cut open`, () => {
    for (const seam of seams) {
      const points = { lat: [lat], lon: [lon === null ? null : unrolled(lon, seam)] };
      assert.equal(atOnce(inBox(points, box, seam, [1]))[0], expected ? 1 : 0, `seam ${seam}`);
      assert.equal(atOnce(inBox(points, box, seam, [0]))[0], 0, "what does not pass is not asked for");
    }
  });
}

for (const [name, box, bounds, expected] of meetings) {
  test(`a box meets an area: ${name}`, () => {
    assert.equal(meets(box, bounds), expected);
    assert.equal(meets(bounds, box), expected, "and the other way round");
  });
}

for (const [name, bounds, expected] of of) {
  test(`the box of a map's bounds: ${name}`, () => {
    const [west, south, east, north] = bounds;
    assert.deepEqual(boxOf(west, south, east, north), expected);
  });
}

test("a movement is in view where one end of it is, an area where any part is; incidents without a place are not", () => {
  const points = (/** @type {number[]} */ ...lon) => ({ lat: lon.map((one) => (Number.isNaN(one) ? one : 0)), lon });
  const data = {
    seam: -180,
    sites: points(1, 20),
    incidents: points(1, Number.NaN, 20),
    movements: { origin: points(1, 20, 20), destination: points(20, 2, 30) },
    areas: {
      bounds: /** @type {[number, number, number, number][]} */ ([
        [4, 0, 20, 9],
        [6, 0, 20, 9],
        [4, 0, 20, 9],
      ]),
    },
  };
  const filter = {
    sites: Uint8Array.of(1, 1),
    incidents: Uint8Array.of(1, 1, 1),
    movements: Uint8Array.of(1, 1, 1),
    areas: Uint8Array.of(1, 1, 0),
    presence: null,
  };
  const found = atOnce(boxed(data, filter, [0, -1, 5, 1]));
  assert.deepEqual(
    [[...found.sites], [...found.incidents], [...found.movements], [...found.areas]],
    [
      [1, 0],
      [1, 0, 0],
      [1, 1, 0],
      [1, 0, 0],
    ],
  );
});
