/** Movements as curved arrows: from and to, as wide as what moved, no surer of their ends than the source. */

/** An arrow's width by the number that moved. */
const WIDTHS = [[1000, 4.5], [100, 3.2], [0, 2.2]];
const STUB = 44; // pixels: the length of an arrow with one end not stated
const STEPS = 24;

/**
 * @typedef {object} End
 * @property {[number, number]} at in pixels
 * @property {boolean} vague whether the end is coarser than a town
 * @property {number} edge pixels about `at` where an undisclosed place's area ends, 0 for none
 *
 * The path of an arrow as points along it, or null where it is too short to show.
 * @param {End | null} origin @param {End | null} target null: not stated
 * @param {number} number sets rival arrows between the same ends apart
 */
export function arrowPath(origin, target, number) {
  if (!origin && !target) return null;
  const from = origin?.at ?? [target.at[0] - STUB, target.at[1] - STUB / 2];
  const to = target?.at ?? [origin.at[0] + STUB, origin.at[1] + STUB / 2];
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length < 18) return null;
  const bend = 0.12 + 0.05 * (number % 4);
  const middle = [(from[0] + to[0]) / 2 + dy * bend, (from[1] + to[1]) / 2 - dx * bend];
  const points = [];
  // Clear of the symbols at its ends; at an undisclosed place's edge, or half-way where that is nearer.
  const start = Math.min(0.4, Math.max(11, origin?.edge ?? 0) / length);
  const end = 1 - Math.min(0.5, Math.max(12, target?.edge ?? 0) / length);
  for (let step = 0; step <= STEPS; step++) {
    const t = start + ((end - start) * step) / STEPS;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    points.push([a * from[0] + b * middle[0] + c * to[0], a * from[1] + b * middle[1] + c * to[1]]);
  }
  return { points, vague: !origin || !target || origin.vague || target.vague };
}

/**
 * @param {object} look
 * @param {number | null} look.progress how far the movement has come on the window's last day: a bead on its line
 */
export function drawArrow(context, { points, vague }, { colour, halo, moved, range, strength, selected, progress }) {
  const width = WIDTHS.find(([least]) => moved >= least)[1];
  const tip = points.at(-1);
  const before = points.at(-4);
  const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
  const head = width * 1.6 + 5;
  const neck = [tip[0] - head * 0.8 * Math.cos(angle), tip[1] - head * 0.8 * Math.sin(angle)];
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
  context.strokeStyle = colour;
  if (range) {
    context.globalAlpha = 0.25 * strength;
    context.lineWidth = width * 2.4;
    trace();
    context.stroke();
  }
  context.globalAlpha = strength;
  context.lineWidth = selected ? width + 1.5 : width;
  if (vague) context.setLineDash([width * 3, width * 2]);
  trace();
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(...tip);
  context.lineTo(tip[0] - head * Math.cos(angle - 0.42), tip[1] - head * Math.sin(angle - 0.42));
  context.lineTo(tip[0] - head * Math.cos(angle + 0.42), tip[1] - head * Math.sin(angle + 0.42));
  context.closePath();
  context.fill();
  if (progress !== null) {
    const [x, y] = points[Math.round(progress * (points.length - 1))];
    context.beginPath();
    context.arc(x, y, width + 2, 0, 2 * Math.PI);
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = halo;
    context.stroke();
  }
  context.globalAlpha = 1;
}
