/**
 * Days as numbers since 1970-01-01, as the server sends them, and as people read them. Pure.
 */

const DAY_MS = 86_400_000;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** The day numbers of an unknown beginning and an unknown end (catalog.py's NEVER and EVER). */
export const NEVER = -(2 ** 31);
export const EVER = 2 ** 31 - 1;

/** An ISO date. @param {number} day */
export function iso(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** @param {string} text an ISO date */
export function dayNumber(text) {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / DAY_MS);
}

/** @param {number} day @returns {{year: number, month: number, date: number}} month from 0 */
export function parts(day) {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), date: date.getUTCDate() };
}

/**
 * The day number of a date; months beyond 0–11 run over into other years.
 * @param {number} year @param {number} month from 0 @param {number} [date] 0: the last day of the month before
 */
export function dayOf(year, month, date = 1) {
  return Math.floor(Date.UTC(year, month, date) / DAY_MS);
}

/**
 * The same date some months on, or the last day of a month that is too short for it.
 * @param {number} day @param {number} months
 */
export function addMonths(day, months) {
  const { year, month, date } = parts(day);
  const last = dayOf(year, month + months + 1, 0);
  return Math.min(dayOf(year, month + months, date), last);
}

/**
 * The number nearest to `value` that is not beyond either.
 * @param {number} value @param {number} least @param {number} most
 */
export const within = (value, least, most) => Math.min(Math.max(value, least), most);

/** "11 Feb 2026" @param {number} day */
export function short(day) {
  const { year, month, date } = parts(day);
  return `${date} ${MONTHS[month].slice(0, 3)} ${year}`;
}

/** "Feb" @param {number} month from 0 */
export function monthName(month) {
  return MONTHS[month].slice(0, 3);
}

/**
 * A partial date, given the days it may mean, as precise as it is: "11 Feb 2026", "Feb 2026" or "2026".
 * @param {number} first @param {number} last
 */
export function partial(first, last) {
  if (first === last) return short(first);
  const { year, month } = parts(first);
  if (first === dayOf(year, 0) && last === dayOf(year + 1, 0, 0)) return String(year);
  return `${monthName(month)} ${year}`;
}

/**
 * A span of partial dates: "27 Jan 2026 – 11 Feb 2026"; one date where both ends are the same.
 * @param {number} startFirst @param {number} startLast @param {number} endFirst @param {number} endLast
 */
export function span(startFirst, startLast, endFirst, endLast) {
  const start = partial(startFirst, startLast);
  const end = partial(endFirst, endLast);
  return start === end ? start : `${start} – ${end}`;
}
