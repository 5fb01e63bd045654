/** Where what is on view lies. */

/** A box that grows. */
class Box {
  south = Infinity;
  west = Infinity;
  north = -Infinity;
  east = -Infinity;

  /** @param {number} lat @param {number} lon */
  take(lat, lon) {
    if (lat < this.south) this.south = lat;
    if (lat > this.north) this.north = lat;
    if (lon < this.west) this.west = lon;
    if (lon > this.east) this.east = lon;
  }
}

/**
 * The bounds of the sites, incidents and movements on view; what is somewhere in a country counts only where there is
 * nothing else. Null where nothing has a place.
 * @param {import("./dataset.js").Dataset} data
 * @param {ReturnType<typeof import("./select.js").select>} onView
 */
export function boundsOnView(data, { sites, incidents, movements }) {
  const [placed, vague] = [new Box(), new Box()];
  /** @param {import("./dataset.js").Points} points @param {number[]} numbers */
  const add = (points, numbers) => {
    for (const i of numbers) {
      const [lat, lon] = [points.lat[i], points.lon[i]];
      if (lat !== null && lon !== null) (points.precision[i] === "country" ? vague : placed).take(lat, lon);
    }
  };
  add(data.sites, sites);
  add(data.movements.origin, movements.numbers);
  add(data.movements.destination, movements.numbers);
  const { lat, lon } = data.incidents;
  for (let i = incidents.first; i < incidents.past; i++) {
    // One without a place is NaN, which no comparison takes.
    if (incidents.has(i)) (data.incidents.precision(i) === "country" ? vague : placed).take(lat[i], lon[i]);
  }
  const found = [placed, vague].find(({ south, north }) => south <= north);
  return found ? L.latLngBounds([found.south, found.west], [found.north, found.east]) : null;
}
