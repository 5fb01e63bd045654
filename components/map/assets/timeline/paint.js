/**
 * The track's picture: site changes and movements in two lanes, the histogram below them, the axis under it. It is
 * painted when the time on the track, the filters or the theme change, and stays while the window moves over it.
 *
 * @typedef {import("../time/scale.js").Scale} Scale
 * @typedef {import("../data/changes.js").Tick} Tick
 * @typedef {import("../data/select.js").Span & {length: number}} Movements
 * @typedef {Record<"land" | "border" | "label", string>} Inks the map's colours that are used here
 * @typedef {{x: number, right: number, number: number}} MoveBox where a movement lies
 * @typedef {{x: number, right: number, tick: Tick}} TickBox where a tick lies
 */

import { textScale } from "../draw/textsize.js";
import { namedDays } from "../time/axis.js";

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

/**
 * @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} width
 * @param {number} height @param {number} alpha
 */
function bar(context, x, y, width, height, alpha) {
  context.globalAlpha = alpha;
  context.fillRect(x, y, width, height);
}

/** The largest of 1, 2, 5, 10, 20, … that is no more than `number`. @param {number} number */
function round(number) {
  const power = 10 ** Math.floor(Math.log10(number));
  return power * (number >= 5 * power ? 5 : number >= 2 * power ? 2 : 1);
}

/**
 * Each bin's kinds one upon the other: the certain ones solid, on them, lighter, the possible ones.
 * @param {CanvasRenderingContext2D} context @param {Scale} scale
 * @param {{certain: Uint32Array, possible: Uint32Array}} counts @param {number[]} edges of the bins
 * @param {string[]} colours by kind @param {number} bottom of the bars @param {Inks} inks
 */
export function paintBars(context, scale, { certain, possible }, edges, colours, bottom, inks) {
  const kinds = colours.length;
  let most = 1;
  for (let bin = 0, at = 0; bin < edges.length - 1; bin++) {
    let total = 0;
    for (let kind = 0; kind < kinds; kind++) total += possible[at++];
    most = Math.max(most, total);
  }
  const unit = Math.min(10, (bottom - BARS) / most);
  paintMeasure(context, scale, most, unit, bottom, inks);
  const bins = edges.length - 1;
  const lefts = edges.map((edge) => Math.round(scale.x(edge)));
  const high = new Uint32Array(bins);
  // Between two things that are high enough to be told apart lies a line of paper.
  const line = unit >= 4 ? 1 : 0;
  /** Kind by kind, so that a colour is set once: setting it costs more than a bar. */
  const stack = (/** @type {number} */ kind, /** @type {(at: number) => number} */ number) => {
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

/**
 * One line to read the bars' height by.
 * @param {CanvasRenderingContext2D} context @param {Scale} scale @param {number} most the highest bar's count
 * @param {number} unit pixels @param {number} bottom @param {Inks} inks
 */
function paintMeasure(context, scale, most, unit, bottom, inks) {
  const number = round(most);
  if (number < 2) return;
  const y = Math.round(bottom - number * unit) - 1;
  context.fillStyle = inks.label;
  bar(context, scale.left, y, scale.right - scale.left, 1, 0.22);
  context.globalAlpha = 1;
  context.textBaseline = "bottom";
  context.fillText(number.toLocaleString("en-GB"), 3, y);
}

/**
 * Movements as thin bars: solid from when it had begun to when it had not ended, lighter where it may have lasted.
 * @param {CanvasRenderingContext2D} context @param {Scale} scale @param {Movements} rows @param {Uint8Array} pass
 * @param {string[]} colours by movement
 * @returns {MoveBox[]} where they lie, for the pointer
 */
export function paintMoves(context, scale, rows, pass, colours) {
  /** @type {number[]} where each lane is free from */
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
 * @param {CanvasRenderingContext2D} context @param {Scale} scale @param {Tick[]} ticks @param {string[]} colours by force
 * @returns {TickBox[]}
 */
export function paintTicks(context, scale, ticks, colours) {
  const { top, height } = SITES;
  const boxes = [];
  /** What is painted: the same once more, of another site, would not be seen. @type {Set<string>} */
  const painted = new Set();
  for (const tick of ticks) {
    const from = Math.round(scale.x(tick.first));
    const until = Math.round(scale.x(tick.last + 1));
    if (until < 0 || from > scale.right + scale.left) continue;
    const colour = colours[tick.force];
    boxes.push({ x: from, right: Math.max(until, from + 5), tick });
    const look = `${from} ${until} ${tick.kind} ${tick.force} ${tick.previous} ${tick.reported}`;
    if (painted.has(look)) continue;
    painted.add(look);
    context.fillStyle = colour;
    if (tick.last > tick.first && until - from > 6) {
      bar(context, from, top + height / 2 - 1, until - from, 2, LIGHT / 2);
      continue;
    }
    context.globalAlpha = tick.reported ? LIGHT : 1;
    if (tick.kind === "vacated") {
      context.strokeStyle = colour;
      context.strokeRect(from + 0.5, top + 0.5, 3, height - 1);
    } else if (tick.kind === "opened") context.fillRect(from, top, 4, height);
    else {
      context.fillRect(from + 2, top, 3, height);
      context.fillStyle = colours[tick.previous];
      context.fillRect(from - 1, top, 3, height);
    }
  }
  context.globalAlpha = 1;
  return boxes;
}

/**
 * Name days, months or years below the bars, as many as there is room for.
 * @param {CanvasRenderingContext2D} context @param {Scale} scale @param {number} width @param {number} height
 * @param {Inks} inks
 */
export function paintAxis(context, scale, width, height, inks) {
  const larger = textScale();
  const axis = axisHeight();
  const line = Math.round(height - axis);
  context.fillStyle = inks.border;
  context.fillRect(0, line, width, 1);
  context.textBaseline = "middle";
  let named = false;
  for (const { day, text, year } of namedDays(scale, LABEL_ROOM * larger)) {
    const x = Math.round(scale.x(day));
    if (x < 2 || x > width - 34 * larger) continue;
    context.fillStyle = inks.border;
    context.fillRect(x, line, 1, 5);
    context.fillStyle = inks.label;
    context.fillText(named || !year ? text : `${text} ${year}`, x + 4, height - axis / 2 + 1);
    named = true;
  }
}
