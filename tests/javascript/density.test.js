import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Density, isCrowded, stepOf } from "../../components/map/assets/draw/density.js";

const { squares, crowded, steps } = JSON.parse(readFileSync(new URL("../cases/density.json", import.meta.url), "utf8"));
const STYLE = { least: 5000, crowd: 4 };

for (const [name, number, zoom, expected] of crowded) {
  test(`squares: ${name}`, () => {
    assert.equal(isCrowded(number, zoom, squares, STYLE), expected);
    assert.equal(isCrowded(number, zoom, [], STYLE), false, "a small dataset has none");
  });
}

test("a square has the colour of the step its number has come to", () => {
  const from = [1, 3, 10, 30, 100, 300, 1000, 3000];
  for (const [number, step] of steps) assert.equal(stepOf(number, from), step, String(number));
});

test("squares lie still on the land, count what is on view, and tell how many at a point", () => {
  const style = { cell: 8, gap: 1, least: 2, crowd: 1, steps: [1], told: [1], strength: 1 };
  /** @type {any} */
  const scene = {
    style: { density: style },
    data: { squares: [1] },
    zoom: 0,
    scale: 1,
    size: { x: 64, y: 32 },
    x: Float64Array.of(10, 11, 30, 500, Number.NaN, 15.9),
    y: Float64Array.of(10, 15, 12, 10, Number.NaN, 15.9),
    view: {
      compared: null,
      palette: { density: ["#ff0000"] },
      selection: {
        incidents: {
          pass: Uint8Array.of(1, 1, 1, 1, 1, 1),
          first: 0,
          past: 6,
          start: 5,
          rows: { end_last: [9, 9, 9, 9, 9, 4] },
        },
      },
    },
  };
  /** @type {number[][]} */
  let blocks = [];
  /** @type {any} */
  const stamps = { begin() {}, end() {}, block: (/** @type {number[]} */ ...at) => blocks.push(at.slice(0, 4)) };
  /** @type {any} */ (globalThis).devicePixelRatio = 1;
  const density = new Density(scene);
  scene.origin = [0, 0];
  assert.equal(density.at(10, 10), 0, "nothing before it is drawn");
  assert.equal(density.begin(), true);
  density.draw(stamps);
  assert.deepEqual(blocks, [
    [8, 8, 15, 15],
    [24, 8, 31, 15],
  ]);
  assert.deepEqual([density.at(9, 9), density.at(15.5, 15.5), density.at(16.5, 9), density.at(30, 8)], [2, 2, 0, 1]);
  blocks = [];
  scene.origin = [3, -5];
  density.draw(stamps);
  assert.deepEqual(blocks, [
    [5, 13, 12, 20],
    [21, 13, 28, 20],
  ]);
  assert.equal(density.at(6, 14), 2);
  scene.view.compared = {};
  assert.equal(density.begin(), false, "a compared map draws sites alone");
});
