/** How far the map must move for something on it to come into sight: clear of its edges and of what lies over it. */

/**
 * @typedef {[number, number, number, number]} Box [left, top, right, bottom], in pixels of the map
 * @typedef {[number, number]} Pair a point, a shift or a stretch
 */

/**
 * The shift that brings `points` into the nearest clear place that holds them all.
 * @param {[number, number][]} points where they are now
 * @param {{x: number, y: number}} size of the map
 * @param {Box[]} covered what cannot be seen of it
 * @param {number} margin how far from an edge they are to come to lie
 * @returns {[number, number] | null} [0, 0] where they can be seen; null where no clear place is large enough
 */
export function shiftIntoSight(points, size, covered, margin) {
  if (
    points.every(([x, y]) => x >= 0 && y >= 0 && x <= size.x && y <= size.y && !covered.some((box) => holds(box, x, y)))
  )
    return [0, 0];
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [west, north, east, south] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const shifts = clearPlaces(size, covered)
    .map(
      ([left, top, right, bottom]) =>
        /** @type {Box} */ ([left + margin, top + margin, right - margin, bottom - margin]),
    )
    .filter(([left, top, right, bottom]) => right - left >= east - west && bottom - top >= south - north)
    .map(
      ([left, top, right, bottom]) =>
        /** @type {Pair} */ ([into(west, east, left, right), into(north, south, top, bottom)]),
    );
  const far = (/** @type {Pair} */ [x, y]) => Math.hypot(x, y);
  return shifts.length ? shifts.reduce((best, shift) => (far(shift) < far(best) ? shift : best)) : null;
}

/** @param {Box} box @param {number} x @param {number} y */
const holds = ([left, top, right, bottom], x, y) => x > left && x < right && y > top && y < bottom;

/**
 * The least shift that brings a stretch from `low` to `high` between two edges.
 * @param {number} low @param {number} high @param {number} least @param {number} most
 */
const into = (low, high, least, most) => (low < least ? least - low : high > most ? most - high : 0);

/**
 * The boxes between the edges of the map and of what covers it that nothing covers.
 * @param {{x: number, y: number}} size @param {Box[]} covered
 * @returns {Box[]}
 */
function clearPlaces(size, covered) {
  const xs = stretches(
    size.x,
    covered.flatMap(([left, , right]) => [left, right]),
  );
  const ys = stretches(
    size.y,
    covered.flatMap(([, top, , bottom]) => [top, bottom]),
  );
  return xs
    .flatMap(([left, right]) => ys.map(([top, bottom]) => /** @type {Box} */ ([left, top, right, bottom])))
    .filter(([left, top, right, bottom]) =>
      covered.every(([l, t, r, b]) => r <= left || l >= right || b <= top || t >= bottom),
    );
}

/**
 * The stretches from one edge to a later one.
 * @param {number} most where the map ends, which begins at 0 @param {number[]} edges
 * @returns {Pair[]}
 */
function stretches(most, edges) {
  const inside = [...new Set([0, most, ...edges])].filter((edge) => edge >= 0 && edge <= most).sort((a, b) => a - b);
  return inside.flatMap((low, i) => inside.slice(i + 1).map((high) => /** @type {Pair} */ ([low, high])));
}
