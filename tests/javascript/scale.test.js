/** A stretch of time on the screen, and the days that are named below it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { namedDays, namedMonths } from "../../components/map/assets/time/axis.js";
import { dayNumber, iso } from "../../components/map/assets/time/days.js";
import { holds, moved, revealed, Scale, zoomed, zoomedAbout } from "../../components/map/assets/time/scale.js";

const LIMITS = { from: 0, to: 1000 };

test("days lie where they are, and a place has its day", () => {
  const scale = new Scale({ from: 100, to: 200 }, 14, 214);
  assert.equal(scale.x(150), 114);
  assert.equal(scale.day(114), 150);
  assert.deepEqual(
    [50, 100, 150, 300].map((day) => scale.inside(day)),
    [14, 14, 114, 214],
  );
});

test("what is zoomed about stays where it is", () => {
  assert.deepEqual(zoomed({ from: 100, to: 200 }, 0.5, 150, LIMITS), { from: 125, to: 175 });
  assert.deepEqual(zoomed({ from: 100, to: 200 }, 2, 100, LIMITS), { from: 100, to: 300 });
  assert.deepEqual(
    zoomed({ from: 100, to: 200 }, 0.001, 150, LIMITS),
    { from: 145, to: 155 },
    "not less than ten days",
  );
  assert.deepEqual(zoomed({ from: 100, to: 200 }, 99, 150, LIMITS), LIMITS, "not more than there are");
});

test("a stretch is moved within its limits", () => {
  assert.deepEqual(moved({ from: 100, to: 200 }, 50, LIMITS), { from: 150, to: 250 });
  assert.deepEqual(moved({ from: 100, to: 200 }, -500, LIMITS), { from: 0, to: 100 });
  assert.deepEqual(moved({ from: 100, to: 200 }, 5000, LIMITS), { from: 900, to: 1000 });
  assert.deepEqual(
    moved({ from: -100, to: 1300 }, 50, LIMITS),
    { from: -200, to: 1200 },
    "wider than they are: in the middle",
  );
});

test("a window that was panned away comes back to the middle", () => {
  const domain = { from: 100, to: 200 };
  assert.equal(revealed(domain, { start: 150, end: 160 }, LIMITS), domain);
  assert.equal(revealed(domain, { start: 90, end: 100 }, LIMITS), domain);
  assert.deepEqual(revealed(domain, { start: 300, end: 309 }, LIMITS), { from: 255, to: 355 });
  assert.deepEqual(revealed(domain, { start: 80, end: 99 }, LIMITS), { from: 40, to: 140 });
});

test("buttons zoom with the window in the middle", () => {
  assert.deepEqual(zoomedAbout({ from: 100, to: 200 }, 0.5, { start: 180, end: 189 }, LIMITS), { from: 160, to: 210 });
  assert.deepEqual(zoomedAbout({ from: 0, to: 100 }, 0.5, { start: 0, end: 9 }, LIMITS), { from: 0, to: 50 });
});

test("a window has room in a stretch unless it is lost in it", () => {
  assert.ok(holds({ from: 0, to: 120 }, { start: 5, end: 14 }));
  assert.ok(!holds({ from: 0, to: 121 }, { start: 5, end: 14 }));
  assert.ok(!holds({ from: 6, to: 120 }, { start: 5, end: 14 }));
  assert.ok(!holds({ from: 0, to: 14 }, { start: 5, end: 14 }), "the last day must be whole");
});

/** @param {string} from @param {string} to @param {number} pixels */
const over = (from, to, pixels) => new Scale({ from: dayNumber(from), to: dayNumber(to) }, 0, pixels);

for (const [name, scale, room, expected] of /** @type {[string, Scale, number, string[]][]} */ ([
  ["days", over("2026-02-01", "2026-02-05", 400), 56, ["1 Feb 2026", "2 Feb", "3 Feb", "4 Feb"]],
  ["weeks begin on Monday", over("2026-02-01", "2026-03-01", 280), 56, ["2 Feb", "9 Feb", "16 Feb", "23 Feb"]],
  ["months", over("2025-12-01", "2026-03-01", 180), 56, ["Dec 2025", "Jan 2026", "Feb"]],
  ["every second month", over("2025-11-15", "2026-08-01", 260), 56, ["Nov 2025", "Jan 2026", "Mar", "May", "Jul"]],
  ["quarters", over("2025-11-15", "2026-08-01", 180), 56, ["Jan 2026", "Apr", "Jul"]],
  ["years", over("2023-06-01", "2026-03-01", 200), 56, ["2024", "2025", "2026"]],
  ["decades", over("1960-06-01", "1995-03-01", 200), 56, ["1970", "1980", "1990"]],
])) {
  test(`an axis of ${name}`, () => {
    let named = false;
    const texts = namedDays(scale, room).map(({ text, year }) => {
      const whole = named || !year ? text : `${text} ${year}`;
      named = true;
      return whole;
    });
    assert.deepEqual(texts, expected);
  });
}

test("months are found by their first days", () => {
  const months = namedMonths(over("2025-12-01", "2026-03-01", 180), 56);
  assert.deepEqual(
    months.map(({ day }) => iso(day)),
    ["2025-12-01", "2026-01-01", "2026-02-01"],
  );
  assert.deepEqual(
    months.map(({ month, step }) => [month, step]),
    [
      [11, 1],
      [0, 1],
      [1, 1],
    ],
  );
});
