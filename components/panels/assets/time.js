/** Days as numbers, as Python counts them, and where they lie in pixels. */

const DAY_MS = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function dayNumber(text) {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / DAY_MS);
}

export function iso(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function dayOf(year, month, date = 1) {
  return Math.floor(Date.UTC(year, month, date) / DAY_MS);
}

/** The same date some months on, or the last day of a month that is too short for it. */
export function addMonths(day, months) {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  return Math.min(dayOf(year, month, date.getUTCDate()), dayOf(year, month + 1, 0));
}

export function short(day) {
  const date = new Date(day * DAY_MS);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export const within = (value, least, most) => Math.min(Math.max(value, least), most);

/** Where days lie in pixels. */
export class Scale {
  constructor({ from, to }, left, right) {
    Object.assign(this, { from, to, left, right });
    this.perDay = (right - left) / (to - from);
  }

  x(day) {
    return this.left + (day - this.from) * this.perDay;
  }

  /** As x, but never off the chart. */
  inside(day) {
    return within(this.x(day), this.left, this.right);
  }

  /** The first days of months, or of years, that have room for their names: [day, name]. */
  ticks() {
    const step = [1, 2, 3, 6, 12, 24, 60, 120, 240].find((months) => months * 30.4 * this.perDay >= 40) ?? 600;
    const first = new Date(this.from * DAY_MS);
    const found = [];
    const began = first.getUTCFullYear() * 12 + first.getUTCMonth();
    for (let month = Math.ceil(began / step) * step; ; month += step) {
      const year = Math.floor(month / 12);
      const day = dayOf(year, month % 12);
      if (day >= this.to) return found;
      if (day >= this.from) found.push([day, month % 12 ? MONTHS[month % 12] : String(year)]);
    }
  }
}
