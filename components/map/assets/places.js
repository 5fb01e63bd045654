/**
 * The places of a dataset: each point where sites or incidents are, so that what lies on one point is laid out
 * together, and the geometry of the map's projection.
 */

const EARTH_METRES = 40_075_016.686;

/** A point in the world's square of 256 units: Web Mercator at zoom 0. @returns {[number, number]} */
export function world(lat, lon) {
  const { x, y } = L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0);
  return [x, y];
}

/** Pixels per kilometre at a latitude and zoom. */
export function pixelsPerKm(lat, zoom) {
  return (256 * 2 ** zoom * 1000) / (EARTH_METRES * Math.cos((lat * Math.PI) / 180));
}

/**
 * @typedef {object} Place
 * @property {number} x in the world's square
 * @property {number} y
 * @property {number} lat
 * @property {number[]} sites
 *
 * @returns {{places: Place[], ofSite: Int32Array, ofIncident: Int32Array}} -1 for what has no point
 */
export function gatherPlaces(data) {
  const places = [];
  const byPoint = new Map();
  const placeOf = (rows, i) => {
    if (rows.lat[i] === null) return -1;
    // To a thousandth of a degree, some 100 m: nearer than that symbols would hide one another at any zoom.
    const key = `${rows.lat[i].toFixed(3)} ${rows.lon[i].toFixed(3)}`;
    let number = byPoint.get(key);
    if (number === undefined) {
      const [x, y] = world(rows.lat[i], rows.lon[i]);
      number = places.push({ x, y, lat: rows.lat[i], sites: [] }) - 1;
      byPoint.set(key, number);
    }
    return number;
  };
  const ofSite = Int32Array.from(data.sites.id, (_, s) => placeOf(data.sites, s));
  const ofIncident = Int32Array.from(data.incidents.id, (_, i) => placeOf(data.incidents, i));
  ofSite.forEach((place, s) => place >= 0 && places[place].sites.push(s));
  return { places, ofSite, ofIncident };
}

/**
 * The incidents on view, gathered by place and kind: one symbol each, so that a hundred attacks on one base are
 * one triangle with a number.
 */
export class Tally {
  constructor(places, kinds) {
    this.kinds = kinds;
    const slots = places * kinds;
    this.count = new Uint32Array(slots);
    this.newest = new Int32Array(slots);
    this.severity = new Uint8Array(slots);
    this.sure = new Uint8Array(slots);
    this.used = [];
    this.places = [];
  }

  /** Count the incidents `numbers`, whose `sure` says whether each is certainly in the window. */
  take(incidents, ofIncident, { numbers, sure }) {
    for (const slot of this.used) this.count[slot] = 0;
    this.used.length = 0;
    this.places.length = 0;
    const seen = new Set();
    for (let n = numbers.length - 1; n >= 0; n--) {
      const i = numbers[n];
      const place = ofIncident[i];
      if (place < 0) continue;
      const slot = place * this.kinds + incidents.kind[i];
      if (this.count[slot]++ === 0) {
        this.used.push(slot);
        this.newest[slot] = i;
        this.severity[slot] = incidents.severity[i];
        this.sure[slot] = sure[n] ? 1 : 0;
        if (!seen.has(place)) {
          seen.add(place);
          this.places.push(place);
        }
      } else {
        this.severity[slot] = Math.max(this.severity[slot], incidents.severity[i]);
        this.sure[slot] |= sure[n] ? 1 : 0;
      }
    }
  }

  /** The kinds on view at a place. @returns {number[]} slots */
  at(place) {
    const slots = [];
    for (let kind = 0; kind < this.kinds; kind++) {
      const slot = place * this.kinds + kind;
      if (this.count[slot]) slots.push(slot);
    }
    return slots;
  }
}
