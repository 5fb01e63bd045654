/** The vector basemap: land, water and borders, drawn by Leaflet on a canvas of their own, under the rows. */

const STYLES = {
  land: (c) => ({ stroke: false, fill: true, fillColor: c.land, fillOpacity: 1 }),
  lakes: (c) => ({ stroke: false, fill: true, fillColor: c.water, fillOpacity: 1 }),
  rivers: (c) => ({ fill: false, color: c.river, weight: 1, opacity: 1 }),
  governorates: (c) => ({ fill: false, color: c.governorate, weight: 1, opacity: 1, dashArray: "3 3" }),
  borders: (c) => ({ fill: false, color: c.border, weight: 1.1, opacity: 1 }),
};

export class Basemap {
  constructor(map, layers) {
    this.map = map;
    map.createPane("basemap").style.zIndex = "150";
    const renderer = L.canvas({ pane: "basemap", padding: 0.4 });
    this.layers = Object.entries(layers).map(([name, geojson]) => [
      name,
      L.geoJSON(geojson, { pane: "basemap", renderer, interactive: false }).addTo(map),
    ]);
  }

  /** Dress it in a theme's colours. */
  paint(palette) {
    this.map.getContainer().style.background = palette.water;
    for (const [name, layer] of this.layers) layer.setStyle(STYLES[name](palette));
  }
}
