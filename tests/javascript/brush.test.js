/** The window as what a hand moves. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mock, test } from "node:test";
import { Brush, dragged, keyed, partAt, SETTLE_MS } from "../../components/map/assets/time/brush.js";
import { dayNumber, iso } from "../../components/map/assets/time/days.js";
import { Scale } from "../../components/map/assets/time/scale.js";

const cases = JSON.parse(readFileSync(new URL("../cases/brush.json", import.meta.url), "utf8"));

test("a part of the window lies under a pointer that is near enough", () => {
  const scale = new Scale({ from: 0, to: 100 }, 0, 1000);
  for (const [start, end, x, reach, part] of cases.parts)
    assert.equal(partAt(scale, { start, end }, x, reach), part, `${x} in ${start} to ${end}`);
});

test("a drag moves a part as far as it may go", () => {
  for (const [part, start, end, days, first, last, ...then] of cases.drags) {
    const found = dragged(part, { start, end }, days, { first, last });
    assert.deepEqual([found.start, found.end], then, `${part} by ${days}`);
  }
});

test("keys move an edge", () => {
  const extent = { first: dayNumber("2025-01-01"), last: dayNumber("2025-12-31") };
  const limits = { first: dayNumber("2024-12-01"), last: dayNumber("2026-01-31") };
  for (const [key, edge, start, end, ...then] of cases.keys) {
    const found = keyed(key, edge, { start: dayNumber(start), end: dayNumber(end) }, extent, limits);
    assert.deepEqual(found ? [iso(found.start), iso(found.end)] : [null, null], then, `${key} on ${edge}`);
  }
});

/** A brush over the days 0 to 100, and what it says. */
function brushed(window = { start: 10, end: 20 }) {
  /** @type {string[]} */
  const said = [];
  const brush = new Brush({
    read: () => window,
    extent: () => ({ first: 0, last: 100 }),
    limits: ({ start, end }) => ({ first: Math.min(0, start), last: Math.max(100, end) }),
    move: (next) => {
      window = next;
      said.push(`${next.start}-${next.end}`);
    },
    done: () => said.push("done"),
  });
  return { brush, said };
}

test("a drag is let go once, where it is", () => {
  const { brush, said } = brushed();
  brush.drag(4);
  assert.deepEqual([said, brush.busy, brush.part], [[], false, null]);
  brush.grab("band");
  assert.deepEqual([brush.busy, brush.part], [true, "band"]);
  brush.drag(2.4);
  brush.drag(5.6);
  brush.drop(true);
  brush.drop(true);
  assert.deepEqual(said, ["12-22", "16-26", "done"]);
  assert.equal(brush.busy, false);
});

test("a drag that is called off goes back", () => {
  const { brush, said } = brushed();
  brush.grab("end");
  brush.drag(30);
  brush.drop(false);
  assert.deepEqual(said, ["10-50", "10-20", "done"]);
});

test("a drag beyond the data does not widen its own limits", () => {
  const { brush, said } = brushed();
  brush.grab("end");
  brush.drag(500);
  brush.drag(600);
  assert.deepEqual(said, ["10-100", "10-100"]);
});

test("a window that lies beyond the data may be brought back to where it was taken", () => {
  const { brush, said } = brushed({ start: -50, end: 20 });
  brush.grab("start");
  brush.drag(60);
  brush.drag(-5);
  assert.deepEqual(said, ["10-20", "-50-20"]);
  assert.deepEqual(brush.limits, { first: -50, last: 100 });
});

test("keys are let go once, when no more have come for a while", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { brush, said } = brushed();
    assert.equal(brush.press("ArrowRight", "end"), true);
    mock.timers.tick(SETTLE_MS - 1);
    assert.equal(brush.press("ArrowRight", "end"), true);
    assert.equal(brush.press("x", "end"), false);
    mock.timers.tick(SETTLE_MS - 1);
    assert.deepEqual([said, brush.busy], [["10-21", "10-22"], true]);
    mock.timers.tick(1);
    assert.deepEqual([said.at(-1), said.length, brush.busy], ["done", 3, false]);
    brush.press("ArrowLeft", "start");
    brush.halt();
    mock.timers.tick(SETTLE_MS);
    assert.deepEqual([said.at(-1), brush.busy], ["9-22", false]);
  } finally {
    mock.timers.reset();
  }
});
