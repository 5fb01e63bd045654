import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { turns, unrolled } from "../../components/map/assets/data/longitudes.js";

const cases = JSON.parse(readFileSync(new URL("../cases/longitudes.json", import.meta.url), "utf8"));

for (const [lon, cut, expected] of cases.unrolled)
  test(`${lon}° from ${cut}° on is ${expected}°`, () => assert.equal(unrolled(lon, cut), expected));

for (const [west, east, first, last, expected] of cases.turns)
  test(`${west}° to ${east}° as seen from ${first}° to ${last}°`, () =>
    assert.deepEqual(turns(west, east, first, last), expected));
