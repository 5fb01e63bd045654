/** How far the map must move for something on it to come into sight: clear of its edges and of what lies over it. */

/**
 * @typedef {[number, number, number, number]} Box [left, top, right, bottom], in pixels of the map
 *
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
    .map(([left, top, right, bottom]) => [left + margin, top + margin, right - margin, bottom - margin])
    .filter(([left, top, right, bottom]) => right - left >= east - west && bottom - top >= south - north)
    .map(([left, top, right, bottom]) => [into(west, east, left, right), into(north, south, top, bottom)]);
  const far = ([x, y]) => Math.hypot(x, y);
  return shifts.length ? shifts.reduce((best, shift) => (far(shift) < far(best) ? shift : best)) : null;
}

const holds = ([left, top, right, bottom], x, y) => x > left && x < right && y > top && y < bottom;

/** The least shift that brings a stretch from `low` to `high` between two edges. */
const into = (low, high, from, to) => (low < from ? from - low : high > to ? to - high : 0);

/** The boxes between the edges of the map and of what covers it that nothing covers. */
function clearPlaces(size, covered) {
  const edges = (least, most, at) =>
    [...new Set([least, most, ...at])].filter((edge) => edge >= least && edge <= most).sort((a, b) => a - b);
  const xs = edges(
    0,
    size.x,
    covered.flatMap(([left, , right]) => [left, right]),
  );
  const ys = edges(
    0,
    size.y,
    covered.flatMap(([, top, , bottom]) => [top, bottom]),
  );
  const spans = (all) => all.flatMap((from, i) => all.slice(i + 1).map((to) => [from, to]));
  const clear = ([left, right], [top, bottom]) =>
    covered.every(([l, t, r, b]) => r <= left || l >= right || b <= top || t >= bottom);
  return spans(xs).flatMap((x) =>
    spans(ys)
      .filter((y) => clear(x, y))
      .map((y) => [x[0], y[0], x[1], y[1]]),
  );
}
