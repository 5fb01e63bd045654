/**
 * The part of the map that is in view, and which rows lie in it: view/box.py's rules, by the same cases
 * (tests/cases/boxes.json). Pure.
 */

import { unrolled } from "./longitudes.js";

/**
 * @typedef {[number, number, number, number]} Box west, south, east, north in degrees from -180 to 180; west is greater
 *   than east where it lies across 180°
 *
 * @typedef {{lat: ArrayLike<number | null>, lon: ArrayLike<number | null>}} Points NaN or null where a row has no place
 *
 * @typedef {object} Placed what is read of a dataset here
 * @property {number} seam the longitude from which those of the rows run on eastward
 * @property {Points} sites
 * @property {Points} incidents
 * @property {{origin: Points, destination: Points}} movements
 * @property {{bounds: Box[]}} areas
 */

/** Parts of a degree to which it is rounded outward: about 100 m. */
const FINE = 1000;
const DATE_LINE = -180;

/**
 * The box of a map's bounds, which may run on past 180°.
 * @param {number} west @param {number} south @param {number} east @param {number} north @returns {Box}
 */
export function boxOf(west, south, east, north) {
  const down = (/** @type {number} */ degrees) => Math.floor(degrees * FINE) / FINE;
  const up = (/** @type {number} */ degrees) => Math.ceil(degrees * FINE) / FINE;
  const [low, high] = [Math.max(-90, down(south)), Math.min(90, up(north))];
  if (up(east) - down(west) >= 360) return [-180, low, 180, high];
  // Rounded again, as turning it about the world leaves a remainder.
  const turned = (/** @type {number} */ degrees) => Math.round(unrolled(degrees, DATE_LINE) * FINE) / FINE;
  return [turned(down(west)), low, turned(up(east)), high];
}

/**
 * What tells whether a point lies in a box, its longitude from `seam` on as the rows' are.
 * @param {Box} box @param {number} seam
 * @returns {(lat: number, lon: number) => boolean} false of NaN
 */
function holding([west, south, east, north], seam) {
  const first = unrolled(west, seam);
  const last = first + width(west, east);
  // A box across the seam has its other part a turn of the world further west.
  const rest = last - 360;
  return (lat, lon) => lat >= south && lat <= north && ((lon >= first && lon <= last) || lon <= rest);
}

/** How many degrees it is eastward. @param {number} west @param {number} east */
const width = (west, east) => (east >= west ? east - west : east - west + 360);

/** Degrees within a turn of the world. @param {number} degrees */
const within = (degrees) => (degrees % 360 < 0 ? (degrees % 360) + 360 : degrees % 360);

/** Whether bounds have some of a box in them, and be it an edge. @param {Box} box @param {Box} bounds */
export function meets([west, south, east, north], [left, low, right, high]) {
  // One of the two begins within the other.
  const first = within(left - west) <= width(west, east);
  const second = within(west - left) <= width(left, right);
  return low <= north && high >= south && (first || second);
}

/** After how many rows it yields. */
const ROWS = 32_768;

/**
 * Which rows lie in a box.
 * @param {Points} points @param {Box} box @param {number} seam @param {ArrayLike<number>} pass those that are asked for
 * @returns {Generator<void, Uint8Array>} 1 for each of `pass` that does
 */
export function* inBox({ lat, lon }, box, seam, pass) {
  const holds = holding(box, seam);
  const found = new Uint8Array(pass.length);
  for (let i = 0; i < pass.length; i++) {
    if (i % ROWS === ROWS - 1) yield;
    if (pass[i] && lat[i] !== null && holds(/** @type {number} */ (lat[i]), /** @type {number} */ (lon[i])))
      found[i] = 1;
  }
  return found;
}

/**
 * A filter that lets through only what lies in a box, too: of a movement one end, of an area any part.
 * @param {Placed} data @param {import("./select.js").Filter} filter @param {Box} box
 * @returns {Generator<void, import("./select.js").Filter>}
 */
export function* boxed({ sites, incidents, movements, areas, seam }, filter, box) {
  const from = yield* inBox(movements.origin, box, seam, filter.movements);
  const to = yield* inBox(movements.destination, box, seam, filter.movements);
  return {
    ...filter,
    incidents: yield* inBox(incidents, box, seam, filter.incidents),
    movements: from.map((one, m) => one | to[m]),
    sites: yield* inBox(sites, box, seam, filter.sites),
    areas: filter.areas.map((pass, n) => (pass && meets(box, areas.bounds[n]) ? 1 : 0)),
  };
}
