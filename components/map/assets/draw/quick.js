/**
 * Shapes of many points that Leaflet draws sooner: it projects each point anew for each zoom, as an object of its own,
 * whether it is seen or not. Here points are projected once; of a shape that is seen those are taken that lie a pixel apart.
 */

import { world } from "../data/places.js";

/** How near one point may lie to the one before to be left out, in pixels. */
const NEAR = 1;
/** How far off the renderer's edge a shape counts as seen: farther than Leaflet's own line is wide. */
const EDGE = 8;

/**
 * The rings or lines of a shape, each as x and y after one another in the world's square.
 * @param {any} latlngs as Leaflet nests them @returns {Float64Array[]}
 */
function projected(latlngs) {
  if (!latlngs.length) return [];
  if (Array.isArray(latlngs[0])) return latlngs.flatMap(projected);
  const points = new Float64Array(2 * latlngs.length);
  for (let n = 0; n < latlngs.length; n++) points.set(world(latlngs[n].lat, latlngs[n].lng), 2 * n);
  return [points];
}

/**
 * The points of a ring or line that tell it at a scale, the first and the last with them, in pixels from an origin.
 * @param {Float64Array} points @param {number} scale @param {{x: number, y: number}} origin
 * @returns {[number, number][]}
 */
export function thinned(points, scale, origin) {
  /** @type {[number, number][]} */
  const kept = [];
  let [lastX, lastY] = [Infinity, Infinity];
  for (let n = 0; n < points.length; n += 2) {
    const x = points[n] * scale - origin.x;
    const y = points[n + 1] * scale - origin.y;
    if (Math.abs(x - lastX) + Math.abs(y - lastY) < NEAR && n + 2 < points.length) continue;
    kept.push([x, y]);
    [lastX, lastY] = [x, y];
  }
  return kept;
}

/**
 * Have a line or polygon drawn so. What is replaced is Leaflet's own, of version 1.9: Polyline._project and _update.
 * @param {import("leaflet").Map} map @param {any} shape
 */
export function quicken(map, shape) {
  const parts = projected(shape.getLatLngs());
  const bounds = shape.getBounds();
  if (!bounds.isValid()) return;
  const corners = [world(bounds.getNorth(), bounds.getWest()), world(bounds.getSouth(), bounds.getEast())];
  const update = shape._update;
  let stale = true;
  shape._project = () => {
    const scale = 2 ** map.getZoom();
    const { x, y } = map.getPixelOrigin();
    const [first, last] = corners.map(([east, south]) => L.point(east * scale - x, south * scale - y));
    shape._rawPxBounds = L.bounds(first, last);
    shape._updateBounds();
    shape._rings = [];
    stale = true;
  };
  shape._update = () => {
    const { min, max } = shape._renderer._bounds;
    const seen = L.bounds([min.x - EDGE, min.y - EDGE], [max.x + EDGE, max.y + EDGE]);
    if (stale && shape._pxBounds?.intersects(seen)) {
      const [scale, origin] = [2 ** map.getZoom(), map.getPixelOrigin()];
      shape._rings = parts.map((part) => thinned(part, scale, origin).map(([x, y]) => L.point(x, y)));
      stale = false;
    }
    update.call(shape);
  };
}
