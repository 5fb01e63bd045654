/**
 * Where incidents and sites are, in the world's square of 256 units, and which of them share a place: what lies on
 * one spot is laid out together. The geometry of the map's projection.
 */

const EARTH_METRES = 40_075_016.686;

/** A point in the world's square: Web Mercator at zoom 0. @param {number} lat @param {number} lon @returns {[number, number]} */
export function world(lat, lon) {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return [256 * (lon / 360 + 0.5), 256 * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI))];
}

/** Pixels per kilometre at a latitude and zoom. @param {number} lat @param {number} zoom */
export function pixelsPerKm(lat, zoom) {
  return (256 * 2 ** zoom * 1000) / (EARTH_METRES * Math.cos((lat * Math.PI) / 180));
}

/** A hash table by open addressing, of whole numbers: a Map of a million takes several times as long. */
class Numbers {
  /** @param {number} most how many keys it may hold */
  constructor(most) {
    const bits = Math.ceil(Math.log2(2 * most + 2));
    this.shift = 32 - bits;
    this.keys = new Float64Array(2 ** bits).fill(-1);
    this.values = new Int32Array(2 ** bits);
  }

  /** Where a key stands, or may be put. @param {number} key from 0 on */
  #at(key) {
    let at = Math.imul(key ^ Math.imul(key / 2 ** 32, 0x85ebca6b), 0x9e3779b1) >>> this.shift;
    while (this.keys[at] !== key && this.keys[at] !== -1) at = (at + 1) % this.keys.length;
    return at;
  }

  /** The key's number; undefined for none. @param {number} key */
  get(key) {
    const at = this.#at(key);
    return this.keys[at] === key ? this.values[at] : undefined;
  }

  /** @param {number} key @param {number} value */
  set(key, value) {
    const at = this.#at(key);
    this.keys[at] = key;
    this.values[at] = value;
  }
}

/**
 * @typedef {object} Place one that sites or several incidents share
 * @property {number} x in the world's square
 * @property {number} y
 * @property {number} lat
 * @property {number[]} sites
 *
 * @param {import("./dataset.js").Dataset} data
 * @returns {{places: Place[], ofSite: Int32Array, ofIncident: Int32Array, x: Float64Array, y: Float64Array}}
 *   the shared places; of each site and incident its number, -1 for none; of each incident its point, NaN for none
 */
export function gatherPlaces(data) {
  const { sites, incidents } = data;
  const { grain: fineness } = data.style;
  /** A number for each place, the same for those that are one. @param {number} lat @param {number} lon */
  const grain = (lat, lon) => Math.round((lat + 90) * fineness) * 1e6 + Math.round((lon + 180) * fineness);
  /** @type {Place[]} */
  const places = [];
  /** By grain: a shared place's number, or -1 - i for the one incident i seen there. */
  const byGrain = new Numbers(sites.id.length + incidents.length);
  /** @param {number} key @param {number} lat @param {number} lon */
  const open = (key, lat, lon) => {
    const [x, y] = world(lat, lon);
    byGrain.set(key, places.push({ x, y, lat, sites: [] }) - 1);
    return places.length - 1;
  };
  const ofSite = Int32Array.from(sites.id, (_, s) => {
    const [lat, lon] = [sites.lat[s], sites.lon[s]];
    if (lat === null || lon === null) return -1;
    const key = grain(lat, lon);
    const place = byGrain.get(key) ?? open(key, lat, lon);
    places[place].sites.push(s);
    return place;
  });
  const ofIncident = new Int32Array(incidents.length).fill(-1);
  const x = new Float64Array(incidents.length).fill(Number.NaN);
  const y = new Float64Array(incidents.length).fill(Number.NaN);
  for (let i = 0; i < incidents.length; i++) {
    const [lat, lon] = [incidents.lat[i], incidents.lon[i]];
    if (Number.isNaN(lat)) continue;
    [x[i], y[i]] = world(lat, lon);
    const key = grain(lat, lon);
    let place = byGrain.get(key);
    if (place === undefined) {
      byGrain.set(key, -1 - i);
      continue;
    }
    if (place < 0) {
      const first = -1 - place;
      place = open(key, lat, lon);
      ofIncident[first] = place;
    }
    ofIncident[i] = place;
  }
  return { places, ofSite, ofIncident, x, y };
}
