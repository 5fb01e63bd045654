/** Colours, arrows and labels, by the cases that tests/unit/picture/test_twins.py puts to the picture's. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { arrowPath } from "../../components/map/assets/draw/arrows.js";
import { Labels } from "../../components/map/assets/draw/labels.js";
import { legible } from "../../components/map/assets/draw/palette.js";

/** @param {string} name */
const cases = (name) => JSON.parse(readFileSync(new URL(`../cases/${name}.json`, import.meta.url), "utf8"));

/** @param {number[] | null} found @param {number[] | null} wanted */
function assertNear(found, wanted) {
  assert.equal(found?.length, wanted?.length);
  found?.forEach((value, n) =>
    assert.ok(Math.abs(value - (wanted?.[n] ?? Number.NaN)) < 0.01, `${found}, not ${wanted}`),
  );
}

for (const [colour, land, least, wanted] of cases("contrast").cases) {
  test(`${colour} on ${land} is ${wanted} for ${least}:1`, () => {
    assert.equal(legible(colour, land, least), wanted);
    if (least === 3) assert.equal(legible(colour, land), wanted);
  });
}

/** @param {[number, number, number] | null} end */
const endOf = (end) => end && { at: /** @type {[number, number]} */ ([end[0], end[1]]), edge: end[2] };

const arrows = cases("arrows");
for (const { origin, target, number, points, vague, rims } of arrows.cases) {
  test(`an arrow from ${origin} to ${target}, number ${number}`, () => {
    const path = arrowPath(endOf(origin), endOf(target), number, arrows.style);
    assert.equal(path === null, points === null);
    if (!path) return;
    assert.equal(path.points.length, arrows.style.steps + 1);
    [0, 12, 24].forEach((at, n) => assertNear(path.points[at], points[n]));
    assert.deepEqual([path.vague, path.rims], [vague, rims]);
  });
}

test("labels find the same rooms", () => {
  const { size, letter, acts, style } = cases("labels");
  /** @type {number[] | null} */
  let written = null;
  const texts = {
    scale: 1,
    width: (/** @type {string} */ text) => letter * text.length,
    write: (
      /** @type {unknown} */ _,
      /** @type {string} */ __,
      /** @type {number} */ left,
      /** @type {number} */ middle,
    ) => {
      written = [left, middle];
    },
  };
  const context = /** @type {CanvasRenderingContext2D} */ ({});
  const whole = /** @type {import("../../components/map/assets/draw/style.js").Style} */ ({ labels: style });
  const palette = /** @type {import("../../components/map/assets/draw/style.js").Palette} */ ({ halo: "" });
  const labels = new Labels(context, texts, whole, palette, { x: size[0], y: size[1] });
  const look = { font: "", colour: "" };
  /** @type {Record<string, (...of: any[]) => unknown>} */
  const calls = {
    reserve: (x, y, reach) => labels.reserve(x, y, reach),
    reserveBox: (...box) => labels.reserveBox(/** @type {[number, number, number, number]} */ (box)),
    beside: (text, x, y, gap, must) => labels.beside(text, x, y, { ...look, gap, must }),
    centred: (text, x, y, stray) => labels.centred(text, x, y, { ...look, stray }),
    write: (text, x, y) => labels.write(text, x, y, look),
    reserveLine: (points, reach) => labels.reserveLine(points, reach),
    near: (text, x, y, stray) => labels.near(text, x, y, look, stray),
    room: (x, y, half, tall, stray) => labels.room(x, y, half, tall, stray),
  };
  for (const { act, of, answer, written: wanted } of acts) {
    written = null;
    const found = calls[act](...of) ?? null;
    if (Array.isArray(answer)) assertNear(/** @type {number[]} */ (found), answer);
    else assert.equal(found, answer, `${act} ${of}`);
    assertNear(written, wanted);
  }
});
