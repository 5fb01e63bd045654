/** Longitudes across 180°, as catalog/longitudes.py has them, by the same cases (tests/cases/longitudes.json): pure. */

/** A longitude as it lies from `cut` on, at most a turn of the world further east. @param {number} lon @param {number} cut */
export function unrolled(lon, cut) {
  if (lon >= cut && lon <= cut + 360) return lon;
  return cut + ((((lon - cut) % 360) + 360) % 360);
}

/**
 * By how many turns of the world what spans `west` to `east` is to be moved to be seen in a view, the first and the last.
 * @param {number} west @param {number} east @param {number} first @param {number} last the view's edges
 * @returns {[number, number]} the last is less than the first where it is not seen
 */
export function turns(west, east, first, last) {
  return [Math.ceil((first - east) / 360) || 0, Math.floor((last - west) / 360) || 0];
}
