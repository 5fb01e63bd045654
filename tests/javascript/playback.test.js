/** The player by a clock of its own: how fast, how often it tells, and what it does at the end of the data. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { SIZES } from "../../components/map/assets/timeline/histogram.js";
import { Player, stepped } from "../../components/map/assets/timeline/playback.js";

/** @param {string} name @returns {import("../../components/map/assets/timeline/histogram.js").Size} */
const sizeNamed = (name) => SIZES.find((size) => size.name === name) ?? assert.fail(`no size ${name}`);

/**
 * Play for some seconds, over data that spans the days 0 to 400, on a track that begins with day 100.
 * @param {{start: number, end: number, size: string, seconds: number, speed?: number, loop?: boolean,
 *   growing?: boolean, calm?: boolean}} asked
 */
function play({ start, end, size, seconds, speed = 1, loop = false, growing = false, calm = false }) {
  let now = 0;
  /** @type {{at: number, act: (now: number) => void} | null} */
  let due = null;
  const shown = [{ start, end }];
  /** @type {{now: number, start: number, end: number}[]} */
  const told = [];
  const stop = () => {
    due = null;
  };
  const clock = {
    now: () => now,
    nextFrame: (/** @type {(now: number) => void} */ act) => {
      due = { at: now + 20, act };
      return stop;
    },
    later: (/** @type {() => void} */ act, /** @type {number} */ wait) => {
      due = { at: now + wait, act };
      return stop;
    },
    calm: () => calm,
  };
  const stage = {
    read: () => shown[shown.length - 1],
    move: (/** @type {{start: number, end: number}} */ window) => shown.push(window),
    report: (/** @type {{start: number, end: number}} */ window) => told.push({ now, ...window }),
    size: () => sizeNamed(size),
    extent: () => ({ first: 0, last: 400 }),
    left: () => 100,
    changed: () => {},
  };
  const player = new Player(stage, clock);
  Object.assign(player, { speed, loop, growing });
  player.play();
  while (due && now < seconds * 1000) {
    const { at, act } = /** @type {{at: number, act: (now: number) => void}} */ (due);
    due = null;
    now = at;
    act(now);
  }
  return { shown, told, playing: player.playing, now };
}

for (const [size, speed, days] of /** @type {[string, number, number][]} */ ([
  ["Day", 1, 4],
  ["Day", 8, 32],
  ["Week", 2, 56],
  ["Month", 1, 112],
])) {
  test(`a second is a bin times the speed: ${size} at ${speed}`, () => {
    const { playing, shown } = play({ start: 10, end: 40, size, speed, seconds: 4 });
    assert.ok(playing);
    assert.ok(Math.abs(shown[shown.length - 1].end - 40 - days) <= 1);
    assert.deepEqual(new Set(shown.map(({ start, end }) => end - start)), new Set([30]));
  });
}

test("Python is told once a second", () => {
  const { told } = play({ start: 10, end: 40, size: "Week", seconds: 5.5 });
  assert.deepEqual(
    told.map(({ now }) => now),
    [1000, 2000, 3000, 4000, 5000],
  );
});

test("it ends with the data and says so", () => {
  const { playing, now, shown, told } = play({ start: 350, end: 380, size: "Week", seconds: 60 });
  assert.ok(!playing);
  assert.ok(now < 4000);
  assert.deepEqual(shown[shown.length - 1], { start: 370, end: 400 });
  const { start, end } = told[told.length - 1];
  assert.deepEqual([start, end], [370, 400]);
});

test("a loop begins again where it began", () => {
  const { playing, shown } = play({ start: 350, end: 380, size: "Week", loop: true, seconds: 10 });
  assert.ok(playing);
  const ends = shown.map(({ end }) => end);
  assert.equal(Math.max(...ends), 400);
  assert.ok(ends.slice(ends.indexOf(400)).includes(380));
});

test("from the end it begins at the left of the track", () => {
  const { shown } = play({ start: 370, end: 400, size: "Week", seconds: 1 });
  assert.deepEqual(shown[1], { start: 100, end: 130 });
});

test("growing keeps the beginning and starts over with a bin", () => {
  const { shown } = play({ start: 370, end: 400, size: "Week", growing: true, seconds: 2 });
  assert.deepEqual(shown[1], { start: 370, end: 376 });
  assert.deepEqual(new Set(shown.map(({ start }) => start)), new Set([370]));
});

test("a window as long as the data grows", () => {
  const { shown } = play({ start: 0, end: 400, size: "Month", seconds: 3 });
  assert.deepEqual(shown[1], { start: 0, end: 30 });
  assert.deepEqual(new Set(shown.map(({ start }) => start)), new Set([0]));
  assert.ok(shown[shown.length - 1].end > 90);
});

test("calm playing is a bin a second", () => {
  const { shown } = play({ start: 10, end: 40, size: "Week", calm: true, seconds: 3 });
  assert.deepEqual(
    shown.map(({ end }) => end),
    [40, 47, 54, 61],
  );
});

test("a step stays within the data, or where it is", () => {
  const extent = { first: 0, last: 400 };
  const week = sizeNamed("Week");
  assert.deepEqual(stepped({ start: 10, end: 40 }, week, 1, false, extent), { start: 17, end: 47 });
  assert.deepEqual(stepped({ start: 370, end: 398 }, week, 1, false, extent), { start: 372, end: 400 });
  assert.deepEqual(stepped({ start: 3, end: 30 }, week, -1, false, extent), { start: 0, end: 27 });
  assert.deepEqual(stepped({ start: 10, end: 40 }, week, 1, true, extent), { start: 10, end: 47 });
  assert.deepEqual(stepped({ start: 500, end: 510 }, week, 1, false, extent), { start: 500, end: 510 });
});
