/** Days as numbers and in words, by the cases that tests/unit/test_javascript.py puts to Python. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  addMonths,
  dayNumber,
  EVER,
  iso,
  NEVER,
  partial,
  span,
  within,
} from "../../components/map/assets/time/days.js";

const cases = JSON.parse(readFileSync(new URL("../cases/days.json", import.meta.url), "utf8"));

for (const [text, number] of cases.numbers) {
  test(`${text} is day ${number}`, () => {
    assert.equal(dayNumber(text), number);
    assert.equal(iso(number), text);
  });
}

test("an unknown beginning and end are the numbers that they are in Python", () => {
  assert.deepEqual([NEVER, EVER], [cases.never, cases.ever]);
});

for (const [first, last, words] of cases.words) {
  test(`${first} to ${last} reads ${words}`, () => {
    const [from, to] = [dayNumber(first), dayNumber(last)];
    assert.equal(partial(from, to), words);
    assert.equal(span(from, to, from, to), words);
  });
}

for (const [from, months, to] of cases.months) {
  test(`${from} and ${months} months is ${to}`, () => assert.equal(iso(addMonths(dayNumber(from), months)), to));
}

test("a span names both its ends where they differ", () => {
  const came = dayNumber("2026-01-27");
  assert.equal(span(came, came, dayNumber("2026-02-01"), dayNumber("2026-02-28")), "27 Jan 2026 – Feb 2026");
});

test("a number is kept within its bounds", () => {
  assert.deepEqual(
    [-1, 0, 3, 7, 8].map((number) => within(number, 0, 7)),
    [0, 0, 3, 7, 7],
  );
});
