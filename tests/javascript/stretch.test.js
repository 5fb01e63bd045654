/** The stretch of time on the track: where it goes by itself, and by hand. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Stretch } from "../../components/map/assets/timeline/stretch.js";

/** A stretch about a window, in data of a thousand days. @param {number} start @param {number} end */
function about(start, end) {
  const window = { start, end };
  let changes = 0;
  const stretch = new Stretch({
    read: () => window,
    limits: () => ({ first: Math.min(0, window.start), last: Math.max(999, window.end) }),
    changed: () => {
      changes += 1;
    },
  });
  stretch.fit();
  return { stretch, window, changes: () => changes };
}

test("a window has half its length before it and a third of that after", () => {
  assert.deepEqual(about(400, 459).stretch.domain, { from: 370, to: 470 });
  assert.deepEqual(about(400, 400).stretch.domain, { from: 386, to: 406 }, "two weeks at least");
  assert.deepEqual(about(5, 64).stretch.domain, { from: 0, to: 75 }, "no more empty time than there is");
  assert.deepEqual(about(980, 999).stretch.domain, { from: 966, to: 1000 });
});

test("it is chosen afresh only where the window has no room, or is lost in it", () => {
  const { stretch, window, changes } = about(400, 459);
  Object.assign(window, { start: 405, end: 464 });
  stretch.fit();
  assert.equal(changes(), 1);
  Object.assign(window, { start: 460, end: 470 });
  stretch.fit();
  assert.equal(changes(), 2);
  stretch.zoom(20, 465);
  stretch.fit();
  assert.equal(changes(), 4, "a window lost in it");
  stretch.reset();
  assert.equal(stretch.domain, null);
});

test("keys keep the window in sight, and leave a wide stretch as it is", () => {
  const { stretch, window, changes } = about(400, 409);
  stretch.zoom(20, 405);
  stretch.keepInSight();
  assert.equal(changes(), 2);
  Object.assign(window, { start: 990, end: 999 });
  stretch.keepInSight();
  assert.equal(changes(), 3);
});

test("while it plays the end stays in sight", () => {
  const { stretch, window } = about(400, 459); // 370 to 470
  Object.assign(window, { start: 401, end: 460 });
  stretch.follow(0, false);
  assert.deepEqual(stretch.domain, { from: 370, to: 470 });
  Object.assign(window, { start: 410, end: 469 });
  stretch.follow(0.5, false);
  assert.deepEqual(stretch.domain, { from: 378.5, to: 478.5 });
  Object.assign(window, { start: 900, end: 959 });
  stretch.follow(0, false);
  assert.deepEqual(stretch.domain, { from: 870, to: 970 }, "from the end it begins again");
  Object.assign(window, { start: 872, end: 969 });
  stretch.follow(0, true);
  assert.deepEqual(stretch.domain, { from: 870, to: 995 }, "growing, it grows");
  Object.assign(window, { start: 872, end: 994 });
  stretch.follow(0, true);
  assert.deepEqual(stretch.domain, { from: 870, to: 1000 }, "but not beyond the data");
});

test("a hand pans and pinches from where it took hold", () => {
  const { stretch } = about(400, 459);
  const taken = { from: 370, to: 470 };
  stretch.pan(10, taken);
  stretch.pan(20, taken);
  assert.deepEqual(stretch.domain, { from: 390, to: 490 });
  stretch.pan(-5);
  assert.deepEqual(stretch.domain, { from: 385, to: 485 });
  // Two fingers twice as far apart, their middle where a quarter of the track is.
  stretch.spread(taken, 0.5, 420, ({ from, to }) => from + (to - from) / 4);
  assert.deepEqual(stretch.domain, { from: 407.5, to: 457.5 });
  stretch.reveal();
  assert.deepEqual(stretch.domain, { from: 407.5, to: 457.5 });
});
