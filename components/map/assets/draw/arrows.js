/**
 * Movements as curved arrows: their line tells what moved, their width how many; no surer of their ends than the source.
 * Paths are as components/picture/movements.py has them, by tests/cases/arrows.json.
 *
 * @typedef {import("./style.js").MovementStyle} MovementStyle
 * @typedef {import("./style.js").Pair} Point
 *
 * @typedef {object} End
 * @property {Point} at in pixels
 * @property {number} edge pixels about `at` where the area ends within which it lies, 0 where it is known to a town
 *
 * @typedef {object} Path
 * @property {Point[]} points along it
 * @property {[boolean, boolean]} vague whether its origin, and its target, is known no better than to a district
 * @property {[boolean, boolean]} rims whether it begins, and whether it ends, at the rim of an area
 */

import { legible } from "./palette.js";

/** The direction of an arrow of which nobody knows where it leads, in radians. */
const ASIDE = Math.atan2(1, 2);

/**
 * The path of an arrow, or null where it is too short to show.
 * @param {End | null} origin @param {End | null} target null: not stated
 * @param {number} number sets rival arrows between the same ends apart
 * @param {MovementStyle} style
 * @returns {Path | null}
 */
export function arrowPath(origin, target, number, style) {
  const { stub: stubLength, part, short, least, steps: count, rivals } = style;
  const edges = [origin?.edge ?? 0, target?.edge ?? 0];
  /** @type {[boolean, boolean]} */
  const vague = [!origin || edges[0] > 0, !target || edges[1] > 0];
  /** @type {[boolean, boolean]} */
  const rims = [edges[0] > 0, edges[1] > 0];
  const clear = [Math.max(style.clear[0], edges[0]), Math.max(style.clear[1], edges[1])];
  if (!origin || !target) {
    // One end is not stated: it sets out from the other, or comes to it, from nowhere in particular.
    const stated = origin ?? target;
    if (!stated) return null;
    return { points: stub(stated.at, ASIDE, clear[origin ? 0 : 1], Boolean(origin), stubLength, count), vague, rims };
  }
  const [from, to] = [origin.at, target.at];
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const rival = number % rivals;
  const near = length - clear[0] - clear[1] < short;
  if (near && Math.max(...edges) >= stubLength) {
    // One area holds or nearly touches the other end: a stub at the lesser one says whither, or whence, and no more.
    const straight = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const turn = length < least ? ASIDE : straight + style.fan * (rival - (rivals - 1) / 2);
    const outward = edges[0] <= edges[1];
    const off = clear[outward ? 0 : 1];
    const long = Math.max(stubLength, part * (length - off));
    const points = stub(outward ? from : to, turn, off, outward, long, count);
    return { points, vague, rims: outward ? [rims[0], false] : [false, rims[1]] };
  }
  if (length < least) return null;
  const bend = style.bend[0] + style.bend[1] * rival;
  const middle = [(from[0] + to[0]) / 2 + (to[1] - from[1]) * bend, (from[1] + to[1]) / 2 - (to[0] - from[0]) * bend];
  /** @param {number} t @returns {Point} */
  const at = (t) => {
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return [a * from[0] + b * middle[0] + c * to[0], a * from[1] + b * middle[1] + c * to[1]];
  };
  const start = near ? Math.min(0.4, clear[0] / length) : crossing(at, from, clear[0]);
  const end = 1 - (near ? Math.min(0.5, clear[1] / length) : crossing((t) => at(1 - t), to, clear[1]));
  return { points: along((share) => at(start + (end - start) * share), count), vague, rims };
}

/**
 * A short straight line beginning, or ending, `clear` off a point, in the direction `turn`.
 * @param {Point} at @param {number} turn @param {number} clear @param {boolean} outward @param {number} long
 * @param {number} count
 */
function stub(at, turn, clear, outward, long, count) {
  /** @param {number} share */
  const far = (share) => (outward ? clear + long * share : -clear - long * (1 - share));
  return along((share) => [at[0] + far(share) * Math.cos(turn), at[1] + far(share) * Math.sin(turn)], count);
}

/** The points of a line in `count` stretches. @param {(share: number) => Point} at @param {number} count */
function along(at, count) {
  return Array.from({ length: count + 1 }, (_, step) => at(step / count));
}

/**
 * How far along a curve, 0–1, that sets out from the middle of a circle, it leaves it: halved until it is certain.
 * @param {(share: number) => Point} at @param {Point} middle @param {number} radius
 */
function crossing(at, middle, radius) {
  let [low, high] = [0, 1];
  for (let step = 0; step < 16; step++) {
    const half = (low + high) / 2;
    const [x, y] = at(half);
    if (Math.hypot(x - middle[0], y - middle[1]) < radius) low = half;
    else high = half;
  }
  return high;
}

/**
 * The colour of a movement's line upon `land`: of troops their force's, else neutral.
 * @param {import("./scene.js").Data} data @param {number} m @param {string} land
 */
export function moveColour(data, m, land) {
  const { style, movements } = data;
  const { colour } = style.movements.lines[movements.moved[m]];
  return colour ? neutral(colour, land, style) : legible(plainColour(data, m), land);
}

/** The same, as it is told. @param {import("./scene.js").Data} data @param {number} m @returns {string} */
export function plainColour({ forces, style, movements }, m) {
  return style.movements.lines[movements.moved[m]].colour || (forces[movements.force[m]]?.colour ?? style.nobody);
}

/**
 * A neutral line's colour upon `land`: thin and broken as it is, it needs more contrast than a symbol.
 * @param {string} colour @param {string} land @param {import("./style.js").Style} style
 */
export const neutral = (colour, land, { labels }) => legible(colour, land, labels.contrast);

/** The length of an arrow's head. @param {MovementStyle} style @param {number} width the line's */
export const headLength = ({ head }, width) => width * head[0] + head[1];

/**
 * @typedef {object} Look
 * @property {string} colour
 * @property {string} halo its colour
 * @property {import("./style.js").Line} line
 * @property {number} moved how many, 0 where it is not known
 * @property {boolean} range whether that is the upper end of a range
 * @property {number} weight the line's width, as a part of what it says
 * @property {number} strength
 * @property {boolean} selected
 * @property {number | null} progress how far the movement has come on the window's last day: a bead on its line
 *
 * @param {CanvasRenderingContext2D} context @param {Path} path @param {Look} look @param {MovementStyle} style
 * @returns {number} how wide the line is drawn
 */
export function drawArrow(context, { points, vague }, look, style) {
  const { colour, halo, line, strength, selected, progress } = look;
  const step = style.widths.find(([least]) => look.moved >= least) ?? style.widths[style.widths.length - 1];
  const width = step[1] * line.weight * look.weight;
  const tip = points[points.length - 1];
  const before = points[points.length - 4];
  const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
  const head = headLength(style, width);
  /** @param {number} far @param {number} turn @returns {Point} */
  const away = (far, turn) => [tip[0] - far * Math.cos(angle + turn), tip[1] - far * Math.sin(angle + turn)];
  const neck = away(head * (vague[1] ? 1 : style.neck), 0);
  const trace = () => {
    context.beginPath();
    context.moveTo(...points[0]);
    for (const point of points.slice(1, -3)) context.lineTo(...point);
    context.lineTo(...neck);
  };
  context.lineCap = "butt";
  context.lineJoin = "round";
  context.strokeStyle = halo;
  context.lineWidth = width + (selected ? style.halo_selected : style.halo);
  context.globalAlpha = style.halo_strength;
  trace();
  context.stroke();
  context.strokeStyle = fading(context, colour, points[0], neck, vague, style);
  if (look.range) {
    context.globalAlpha = style.band_strength * strength;
    context.lineWidth = width * style.band;
    trace();
    context.stroke();
  }
  context.globalAlpha = strength;
  context.lineWidth = selected ? width + style.broader : width;
  context.setLineDash(line.dash.map((part) => part * width));
  trace();
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(...tip);
  context.lineTo(...away(head, -style.barb));
  context.lineTo(...away(head, style.barb));
  context.closePath();
  context.fillStyle = vague[1] ? halo : colour;
  context.fill();
  if (vague[1]) {
    context.lineWidth = style.open_head;
    context.strokeStyle = colour;
    context.stroke();
  }
  if (progress !== null) {
    const [x, y] = points[Math.round(progress * (points.length - 1))];
    context.beginPath();
    context.arc(x, y, width + style.bead, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
    context.lineWidth = style.bead_edge;
    context.strokeStyle = halo;
    context.stroke();
  }
  context.globalAlpha = 1;
  return width;
}

/**
 * The line's paint: towards an end that is known only roughly it fades.
 * @param {CanvasRenderingContext2D} context @param {string} colour @param {Point} from @param {Point} to
 * @param {[boolean, boolean]} vague @param {MovementStyle} style
 */
function fading(context, colour, from, to, vague, { faded, fade, fade_part }) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (!vague.includes(true) || !length) return colour;
  const part = Math.min(fade_part, fade / length);
  const faint = `${colour}${Math.round(faded * 255)
    .toString(16)
    .padStart(2, "0")}`;
  const paint = context.createLinearGradient(...from, ...to);
  paint.addColorStop(0, vague[0] ? faint : colour);
  paint.addColorStop(part, colour);
  paint.addColorStop(1 - part, colour);
  paint.addColorStop(1, vague[1] ? faint : colour);
  return paint;
}
