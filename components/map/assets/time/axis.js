/** Which days of a stretch of time are named below it: as many as there is room for. Pure. */

import { dayOf, monthName, parts } from "./days.js";

/**
 * @typedef {object} Named a day with a name
 * @property {number} day
 * @property {string} text
 * @property {number | null} year that is to be told with the first of them, where the text has none
 */

const STEPS = { days: [1, 2, 7, 14, 28], months: [1, 2, 3, 6, 12, 24, 60, 120, 240, 600] };
const MONTH_DAYS = 30.4;
/** Fewer days than these are named day by day. */
const FEW_DAYS = 75;
/** Pixels between two named days from which on a year has room beside the first. */
const YEAR_ROOM = 90;
/** Weeks begin on Monday; day 4 was one. */
const MONDAY = 4;

/**
 * The first of `steps` that has `room`, else the last.
 * @param {number[]} steps @param {number} pixels of a step of 1 @param {number} room
 */
function stepFor(steps, pixels, room) {
  return steps.find((step) => step * pixels >= room) ?? steps[steps.length - 1];
}

/**
 * The first days of the months, or of years, that have `room` pixels each for their names; the first of them may lie
 * before the stretch.
 * @param {import("./scale.js").Scale} scale @param {number} room
 * @returns {{day: number, year: number, month: number, step: number}[]} `step`: the months between two of them
 */
export function namedMonths({ from, to, perDay }, room) {
  const step = stepFor(STEPS.months, MONTH_DAYS * perDay, room);
  const { year, month } = parts(Math.floor(from));
  const found = [];
  for (let at = Math.ceil((year * 12 + month) / step) * step; ; at += step) {
    const named = { year: Math.floor(at / 12), month: at % 12 };
    const day = dayOf(named.year, named.month);
    if (day >= to) return found;
    found.push({ day, ...named, step });
  }
}

/**
 * The days, months or years that have `room` pixels each for their names.
 * @param {import("./scale.js").Scale} scale @param {number} room
 * @returns {Named[]}
 */
export function namedDays(scale, room) {
  const { from, to, perDay } = scale;
  if (to - from >= FEW_DAYS) {
    return namedMonths(scale, room).map(({ day, year, month, step }) => {
      if (step >= 12) return { day, text: String(year), year: null };
      return { day, text: month ? monthName(month) : `${monthName(month)} ${year}`, year: month ? year : null };
    });
  }
  const step = stepFor(STEPS.days, perDay, room);
  // Of whole weeks, the Mondays.
  const first = step % 7 ? Math.ceil(from) : Math.ceil((from - MONDAY) / 7) * 7 + MONDAY;
  const found = [];
  for (let day = first; day < to; day += step) {
    const { year, month, date } = parts(day);
    found.push({ day, text: `${date} ${monthName(month)}`, year: perDay * step > YEAR_ROOM ? year : null });
  }
  return found;
}
