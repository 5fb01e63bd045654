/** Where what is on view lies. */

/** A box that grows. */
class Box {
  constructor() {
    [this.south, this.west, this.north, this.east] = [Infinity, Infinity, -Infinity, -Infinity];
  }

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
 */
export function boundsOnView(data, { sites, incidents, movements }) {
  const [placed, vague] = [new Box(), new Box()];
  const add = (points, numbers) => {
    for (const i of numbers) {
      if (points.lat[i] !== null)
        (points.precision[i] === "country" ? vague : placed).take(points.lat[i], points.lon[i]);
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
