import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isCrowded, mostHeldBy } from "../../components/map/assets/draw/crowd.js";

const CASES = JSON.parse(readFileSync(new URL("../cases/crowd.json", import.meta.url), "utf8"));

for (const [name, points, crowded] of CASES.crowded) {
  test(`a crowd: ${name}`, () => assert.equal(isCrowded(points, CASES.style, CASES.size), crowded));
}

for (const [name, states, [force, possible]] of CASES["most held by"]) {
  test(`most held by: ${name}`, () => {
    const numbers = states.map((/** @type {unknown} */ _, /** @type {number} */ n) => n);
    const stateOf = (/** @type {number} */ s) => ({ force: states[s][0], possible: states[s][1] });
    assert.deepEqual(mostHeldBy(numbers, stateOf), { force, possible });
  });
}
