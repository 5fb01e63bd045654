/** Which incidents and sites share a place. */

import assert from "node:assert/strict";
import test from "node:test";

import { gatherPlaces } from "../../components/map/assets/data/places.js";

test("rows share a place where their degrees agree to the grain, as a Map of all of them says", () => {
  // Few degrees, far apart and near, so that keys collide in the table and places are shared.
  const degrees = [-89.9995, -0.0004, 0, 0.0004, 0.0006, 33.5058, 33.506, 89.9999];
  const around = [-180, -179.9996, 38.6178, 38.618, 179.9996, 180, 359.9999];
  const points = degrees.flatMap((lat) => around.map((lon) => /** @type {const} */ ([lat, lon])));
  const rows = Array.from({ length: 400 }, (_, i) => points[(i * 7919) % points.length]);
  rows[11] = rows[12] = [Number.NaN, Number.NaN];
  rows.push([12.5, 45.25], [12.501, 45.25]); // alone
  const sites = points.filter((_, i) => i % 5 === 0);
  const data = {
    sites: {
      id: [...sites.keys(), "nowhere"],
      lat: [...sites.map(([lat]) => lat), null],
      lon: [...sites.map(([, lon]) => lon), null],
    },
    incidents: { length: rows.length, lat: rows.map(([lat]) => lat), lon: rows.map(([, lon]) => lon) },
    style: { grain: 1000 },
  };
  const { places, ofSite, ofIncident, x } = gatherPlaces(/** @type {any} */ (data));
  const grain = (/** @type {readonly [number, number]} */ [lat, lon]) =>
    `${Math.round((lat + 90) * 1000)} ${Math.round((lon + 180) * 1000)}`;
  /** @type {Map<string, number>} */
  const together = new Map();
  for (const row of rows) together.set(grain(row), (together.get(grain(row)) ?? 0) + 1);
  const sited = new Map(sites.map((site, s) => [grain(site), ofSite[s]]));
  /** @type {Map<number, string>} */
  const grains = new Map();
  for (const [i, row] of rows.entries()) {
    if (Number.isNaN(row[0])) {
      assert.equal(ofIncident[i], -1);
      assert.ok(Number.isNaN(x[i]));
      continue;
    }
    const key = grain(row);
    if (sited.has(key)) assert.equal(ofIncident[i], sited.get(key), "where a site is");
    else assert.equal(ofIncident[i] >= 0, /** @type {number} */ (together.get(key)) > 1, "alone it shares none");
    if (ofIncident[i] < 0) continue;
    assert.equal(grains.get(ofIncident[i]) ?? key, key, "one place, one grain");
    grains.set(ofIncident[i], key);
  }
  assert.equal(ofSite.at(-1), -1);
  assert.equal(grains.size, 20);
  assert.equal(places.length, 20, "each is opened once");
});
