/** Movements as curved arrows: their line tells what moved, their width how many; no surer of their ends than the source. */

import { legible } from "./palette.js";

const STUB = 44; // pixels: the length of an arrow of which only one end can be shown
const PART = 1 / 3; // how much of its way an arrow goes into an area that holds both its ends
const SHORT = 30; // pixels: between two areas' rims that are nearer than this there is no arrow to be seen
const STEPS = 24;
const CLEAR = [11, 12]; // pixels: off the symbols at its ends
const FADED = 0.15;

/**
 * @typedef {object} End
 * @property {[number, number]} at in pixels
 * @property {number} edge pixels about `at` where the area ends within which it lies, 0 where it is known to a town
 *
 * @typedef {object} Path
 * @property {[number, number][]} points along it
 * @property {[boolean, boolean]} vague whether its origin, and its target, is known no better than to a district
 * @property {[boolean, boolean]} rims whether it begins, and whether it ends, at the rim of an area
 *
 * The path of an arrow, or null where it is too short to show.
 * @param {End | null} origin @param {End | null} target null: not stated
 * @param {number} number sets rival arrows between the same ends apart
 * @returns {Path | null}
 */
export function arrowPath(origin, target, number) {
  const vague = [!origin || origin.edge > 0, !target || target.edge > 0];
  const rims = [origin?.edge > 0, target?.edge > 0];
  const clear = [Math.max(CLEAR[0], origin?.edge ?? 0), Math.max(CLEAR[1], target?.edge ?? 0)];
  if (!origin || !target) return loose(origin, target, clear, vague, rims);
  const [from, to] = [origin.at, target.at];
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const wide = Math.max(origin.edge, target.edge);
  const near = length - clear[0] - clear[1] < SHORT;
  if (near && wide >= STUB) {
    // One area holds or nearly touches the other end: a stub at the lesser one says whither, or whence, and no more.
    const turn =
      length < 18 ? Math.atan2(1, 2) : Math.atan2(to[1] - from[1], to[0] - from[0]) + 0.18 * ((number % 4) - 1.5);
    const outward = origin.edge <= target.edge;
    const off = clear[outward ? 0 : 1];
    const points = stub(outward ? from : to, turn, off, outward, Math.max(STUB, PART * (length - off)));
    return { points, vague, rims: outward ? [rims[0], false] : [false, rims[1]] };
  }
  if (length < 18) return null;
  const bend = 0.12 + 0.05 * (number % 4);
  const middle = [(from[0] + to[0]) / 2 + (to[1] - from[1]) * bend, (from[1] + to[1]) / 2 - (to[0] - from[0]) * bend];
  const at = (t) => {
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return [a * from[0] + b * middle[0] + c * to[0], a * from[1] + b * middle[1] + c * to[1]];
  };
  const start = near ? Math.min(0.4, clear[0] / length) : crossing(at, from, clear[0]);
  const end = 1 - (near ? Math.min(0.5, clear[1] / length) : crossing((t) => at(1 - t), to, clear[1]));
  return { points: steps((share) => at(start + (end - start) * share)), vague, rims };
}

/** An arrow of which one end is not stated: it sets out from the other, or comes to it, from nowhere in particular. */
function loose(origin, target, clear, vague, rims) {
  if (!origin && !target) return null;
  return { points: stub((origin ?? target).at, Math.atan2(1, 2), clear[origin ? 0 : 1], Boolean(origin)), vague, rims };
}

/** A short straight line beginning, or ending, `clear` off a point, in the direction `turn`. */
function stub(at, turn, clear, outward, long = STUB) {
  const far = (share) => (outward ? clear + long * share : -clear - long * (1 - share));
  return steps((share) => [at[0] + far(share) * Math.cos(turn), at[1] + far(share) * Math.sin(turn)]);
}

function steps(at) {
  return Array.from({ length: STEPS + 1 }, (_, step) => at(step / STEPS));
}

/** How far along a curve, 0–1, that sets out from the middle of a circle, it leaves it: halved until it is certain. */
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

/** The colour of a movement's line upon `land`: of troops their force's, else neutral. @param {number} m */
export function moveColour({ forces, lines, movements }, m, land) {
  const { colour } = lines[movements.moved[m]];
  return colour ? neutral(colour, land) : legible(forces[movements.force[m]]?.colour ?? "#8d8778", land);
}

/** A neutral line's colour upon `land`: thin and broken as it is, it needs more contrast than a symbol. */
export const neutral = (colour, land) => legible(colour, land, 4.5);

/** A line's width by the number that moved, in pixels. @param {[number, number][]} widths style.py's WIDTHS */
function widthOf(widths, line, moved) {
  return widths.find(([least]) => moved >= least)[1] * line.weight;
}

/**
 * @param {Path} path
 * @param {object} look
 * @param {{dash: number[], weight: number}} look.line style.py's Line
 * @param {[number, number][]} look.widths style.py's WIDTHS
 * @param {number | null} look.progress how far the movement has come on the window's last day: a bead on its line
 */
export function drawArrow(
  context,
  { points, vague },
  { colour, halo, line, widths, moved, range, strength, selected, progress },
) {
  const width = widthOf(widths, line, moved);
  const tip = points.at(-1);
  const before = points.at(-4);
  const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
  const head = width * 1.6 + 5;
  const away = (far, turn) => [tip[0] - far * Math.cos(angle + turn), tip[1] - far * Math.sin(angle + turn)];
  const neck = away(head * (vague[1] ? 1 : 0.8), 0);
  const trace = () => {
    context.beginPath();
    context.moveTo(...points[0]);
    for (const point of points.slice(1, -3)) context.lineTo(...point);
    context.lineTo(...neck);
  };
  context.lineCap = "butt";
  context.lineJoin = "round";
  context.strokeStyle = halo;
  context.lineWidth = width + (selected ? 6 : 3);
  context.globalAlpha = 0.8;
  trace();
  context.stroke();
  context.strokeStyle = fading(context, colour, points[0], neck, vague);
  if (range) {
    context.globalAlpha = 0.25 * strength;
    context.lineWidth = width * 2.4;
    trace();
    context.stroke();
  }
  context.globalAlpha = strength;
  context.lineWidth = selected ? width + 1.5 : width;
  context.setLineDash(line.dash.map((part) => part * width));
  trace();
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(...tip);
  context.lineTo(...away(head, -0.42));
  context.lineTo(...away(head, 0.42));
  context.closePath();
  context.fillStyle = vague[1] ? halo : colour;
  context.fill();
  if (vague[1]) {
    context.lineWidth = 1.5;
    context.strokeStyle = colour;
    context.stroke();
  }
  if (progress !== null) {
    const [x, y] = points[Math.round(progress * (points.length - 1))];
    context.beginPath();
    context.arc(x, y, width + 2, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = halo;
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** The line's paint: towards an end that is known only roughly it fades. */
function fading(context, colour, from, to, vague) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (!vague.includes(true) || !length) return colour;
  const part = Math.min(0.4, 48 / length);
  const faint = `${colour}${Math.round(FADED * 255)
    .toString(16)
    .padStart(2, "0")}`;
  const paint = context.createLinearGradient(...from, ...to);
  paint.addColorStop(0, vague[0] ? faint : colour);
  paint.addColorStop(part, colour);
  paint.addColorStop(1 - part, colour);
  paint.addColorStop(1, vague[1] ? faint : colour);
  return paint;
}
