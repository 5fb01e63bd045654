import assert from "node:assert/strict";
import { test } from "node:test";
import { Sync } from "../../components/map/assets/sync.js";

/** A clock whose time is moved by hand. */
class Clock {
  now = 0;
  /** @type {Set<{act: () => void, at: number}>} */
  timers = new Set();
  set = (/** @type {() => void} */ act, /** @type {number} */ ms) => {
    const timer = { act, at: this.now + ms };
    this.timers.add(timer);
    return timer;
  };
  clear = (/** @type {unknown} */ timer) => {
    this.timers.delete(/** @type {any} */ (timer));
  };

  /** @param {number} ms */
  pass(ms) {
    this.now += ms;
    for (const timer of [...this.timers]) {
      if (timer.at > this.now) continue;
      this.timers.delete(timer);
      timer.act();
    }
  }
}

function setUp() {
  const clock = new Clock();
  let timeouts = 0;
  const sync = new Sync({ patienceMs: 100, onTimeout: () => (timeouts += 1), timers: clock });
  return { clock, sync, timeouts: () => timeouts };
}

test("any state is accepted while nothing was sent", () => {
  const { sync } = setUp();
  assert.equal(sync.accepts("a"), true);
  assert.equal(sync.waiting, false);
});

test("an older state is refused until the answer has come", () => {
  const { sync } = setUp();
  sync.sent("b");
  assert.equal(sync.accepts("a"), false);
  assert.equal(sync.waiting, true);
  assert.equal(sync.accepts("b"), true);
  assert.equal(sync.accepts("a"), true); // somebody else's change, after the answer
});

test("of two changes only the last one's answer counts", () => {
  const { sync } = setUp();
  sync.sent("b");
  sync.sent("c");
  assert.equal(sync.accepts("b"), false);
  assert.equal(sync.accepts("c"), true);
});

test("patience ends once, from the last change on", () => {
  const { clock, sync, timeouts } = setUp();
  sync.sent("b");
  clock.pass(60);
  sync.sent("c");
  clock.pass(99);
  assert.equal(sync.accepts("a"), false);
  assert.equal(timeouts(), 0);
  clock.pass(1);
  assert.equal(timeouts(), 1);
  assert.equal(sync.accepts("a"), true);
  clock.pass(1000);
  assert.equal(timeouts(), 1);
});

test("an answer in time ends the wait, and so does cancelling", () => {
  const { clock, sync, timeouts } = setUp();
  sync.sent("b");
  sync.accepts("b");
  sync.sent("c");
  sync.cancel();
  assert.equal(sync.accepts("a"), true);
  clock.pass(1000);
  assert.equal(timeouts(), 0);
  assert.equal(clock.timers.size, 0);
});
