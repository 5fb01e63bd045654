/**
 * The track's picture: site changes and movements in two lanes, the histogram below them, the axis under it. It is
 * painted when the time on the track, the filters or the theme change, and stays while the window moves over it.
 */

import { textScale } from "../draw/textsize.js";
import { dayOf, monthName, parts } from "../time/days.js";

/** From the top: the lane of site changes, that of movements, the histogram. */
export const SITES = { top: 2, height: 8 };
export const MOVES = { top: 13, height: 9, lanes: 3 };
export const BARS = 25;
const LIGHT = 0.34; // what is only possible
const LABEL_ROOM = 56; // pixels, where text is not larger

/** How high the axis is, in pixels: --axis in timeline.css. */
export function axisHeight() {
  return 18 * textScale();
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} width */
function bar(context, x, y, width, height, alpha) {
  context.globalAlpha = alpha;
  context.fillRect(x, y, width, height);
}

/** The largest of 1, 2, 5, 10, 20, … that is no more than `number`. */
function round(number) {
  const power = 10 ** Math.floor(Math.log10(number));
  return [5, 2, 1].map((n) => n * power).find((n) => n <= number);
}

/**
 * Each bin's kinds one upon the other: the certain ones solid, on them, lighter, the possible ones.
 * @param {{certain: Uint32Array, possible: Uint32Array}} counts @param {number[]} edges of the bins
 * @param {string[]} colours by kind
 */
export function paintBars(context, scale, { certain, possible }, edges, colours, bottom, palette) {
  const kinds = colours.length;
  let most = 1;
  for (let bin = 0, at = 0; bin < edges.length - 1; bin++) {
    let total = 0;
    for (let kind = 0; kind < kinds; kind++) total += possible[at++];
    most = Math.max(most, total);
  }
  const unit = Math.min(10, (bottom - BARS) / most);
  paintMeasure(context, scale, most, unit, bottom, palette);
  const bins = edges.length - 1;
  const lefts = edges.map((edge) => Math.round(scale.x(edge)));
  const high = new Uint32Array(bins);
  // Between two things that are high enough to be told apart lies a line of paper.
  const line = unit >= 4 ? 1 : 0;
  /** Kind by kind, so that a colour is set once: setting it costs more than a bar. */
  const stack = (kind, number) => {
    context.fillStyle = colours[kind];
    for (let bin = 0, at = kind; bin < bins; bin++, at += kinds) {
      const more = number(at);
      if (!more) continue;
      const base = Math.round(high[bin] * unit);
      const top = Math.round((high[bin] += more) * unit);
      const width = Math.max(1, lefts[bin + 1] - lefts[bin] - 1);
      context.fillRect(lefts[bin], bottom - top, width, Math.max(0.5, top - base - line));
    }
  };
  for (let kind = 0; kind < kinds; kind++) stack(kind, (at) => certain[at]);
  context.globalAlpha = LIGHT;
  for (let kind = 0; kind < kinds; kind++) stack(kind, (at) => possible[at] - certain[at]);
  context.globalAlpha = 1;
}

/** One line to read the bars' height by. */
function paintMeasure(context, scale, most, unit, bottom, palette) {
  const number = round(most);
  if (number < 2) return;
  const y = Math.round(bottom - number * unit) - 1;
  context.fillStyle = palette.label;
  bar(context, scale.left, y, scale.right - scale.left, 1, 0.22);
  context.globalAlpha = 1;
  context.textBaseline = "bottom";
  context.fillText(number.toLocaleString("en-GB"), 3, y);
}

/**
 * Movements as thin bars: solid from when it had begun to when it had not ended, lighter where it may have lasted.
 * @param {string[]} colours by movement
 * @returns {{x: number, right: number, number: number}[]} where they lie, for the pointer
 */
export function paintMoves(context, scale, rows, pass, colours) {
  const free = new Array(MOVES.lanes).fill(-Infinity);
  const height = MOVES.height / MOVES.lanes - 1;
  const boxes = [];
  for (let i = 0; i < rows.length; i++) {
    if (!pass[i]) continue;
    const x = scale.x(rows.start_first[i]);
    const right = Math.max(scale.x(rows.end_last[i] + 1), x + 3);
    let lane = free.findIndex((end) => end < x);
    if (lane < 0) lane = free.indexOf(Math.min(...free));
    free[lane] = Math.max(free[lane], right + 1);
    if (right < 0 || x > scale.right + scale.left) continue;
    const y = MOVES.top + lane * (height + 1);
    context.fillStyle = colours[i];
    const sure = scale.x(rows.start_last[i]);
    const until = scale.x(rows.end_first[i] + 1);
    const known = rows.start_last[i] <= rows.end_first[i];
    bar(context, x, y, right - x, height, LIGHT);
    if (known) bar(context, sure, y, Math.max(until - sure, 3), height, 1);
    boxes.push({ x, right, number: i });
  }
  context.globalAlpha = 1;
  return boxes;
}

/**
 * Site changes as ticks in the force's colour: filled where one came, hollow where it left, both where it was handed
 * over; a light stretch where the day is not known.
 * @param {import("../data/changes.js").Tick[]} changes
 * @returns {{x: number, right: number, change: import("../data/changes.js").Tick}[]}
 */
export function paintChanges(context, scale, changes, colours) {
  const { top, height } = SITES;
  const boxes = [];
  for (const change of changes) {
    const from = Math.round(scale.x(change.first));
    const until = Math.round(scale.x(change.last + 1));
    if (until < 0 || from > scale.right + scale.left) continue;
    const colour = colours[change.force];
    boxes.push({ x: from, right: Math.max(until, from + 5), change });
    context.fillStyle = colour;
    if (change.last > change.first && until - from > 6) {
      bar(context, from, top + height / 2 - 1, until - from, 2, LIGHT / 2);
      continue;
    }
    context.globalAlpha = change.reported ? LIGHT : 1;
    if (change.kind === "vacated") {
      context.strokeStyle = colour;
      context.strokeRect(from + 0.5, top + 0.5, 3, height - 1);
    } else if (change.kind === "opened") context.fillRect(from, top, 4, height);
    else {
      context.fillRect(from + 2, top, 3, height);
      context.fillStyle = colours[change.previous];
      context.fillRect(from - 1, top, 3, height);
    }
  }
  context.globalAlpha = 1;
  return boxes;
}

/** Name days, months or years below the bars, as many as there is room for. */
export function paintAxis(context, scale, width, height, palette) {
  const larger = textScale();
  const axis = axisHeight();
  const line = Math.round(height - axis);
  context.fillStyle = palette.border;
  context.fillRect(0, line, width, 1);
  context.textBaseline = "middle";
  let named = false;
  for (const { day, text, year } of ticks(scale, LABEL_ROOM * larger)) {
    const x = Math.round(scale.x(day));
    if (x < 2 || x > width - 34 * larger) continue;
    context.fillStyle = palette.border;
    context.fillRect(x, line, 1, 5);
    context.fillStyle = palette.label;
    context.fillText(named || !year ? text : `${text} ${year}`, x + 4, height - axis / 2 + 1);
    named = true;
  }
}

function ticks({ from, to, perDay }, room) {
  const found = [];
  if (to - from < 75) {
    const step = [1, 2, 7, 14].find((days) => days * perDay >= room) ?? 28;
    // Of whole weeks, the Mondays.
    const first = step % 7 ? Math.ceil(from) : Math.ceil((from - 4) / 7) * 7 + 4;
    for (let day = first; day < to; day += step) {
      const { year, month, date } = parts(day);
      found.push({ day, text: `${date} ${monthName(month)}`, year: perDay * step > 90 ? year : null });
    }
    return found;
  }
  const months = [1, 2, 3, 6, 12, 24, 60, 120, 240].find((n) => n * 30.4 * perDay >= room) ?? 600;
  const { year, month } = parts(Math.floor(from));
  for (let m = Math.ceil((year * 12 + month) / months) * months; ; m += months) {
    const day = dayOf(Math.floor(m / 12), m % 12);
    if (day >= to) return found;
    const name = monthName(m % 12);
    const its = Math.floor(m / 12);
    if (months >= 12) found.push({ day, text: `${its}`, year: null });
    else found.push({ day, text: m % 12 ? name : `${name} ${its}`, year: m % 12 ? its : null });
  }
}
