/** The way in: fetches the rows and the basemap, and sets the map up. */

import { App } from "./app.js";
import { adoptFonts } from "./bridge.js";
import { el } from "./controls/dom.js";
import { readDataset } from "./data/dataset.js";
import { fetched } from "./data/files.js";

/** How long the map waits for its font, while it fetches the rows. */
const FONT_PATIENCE_MS = 1000;

/**
 * Fetch the rows and the basemap and set everything up.
 * @param {import("leaflet").Map} map
 * @param {import("./app.js").Config} config
 * @returns {Promise<App>}
 */
export async function start(map, config) {
  try {
    const [rows, columns, basemap] = await Promise.all([
      fetched(config.rows.json).then((response) => response.json()),
      fetched(config.rows.bin).then((response) => response.arrayBuffer()),
      fetched(config.basemap).then((response) => response.json()),
      adoptFonts(FONT_PATIENCE_MS),
    ]);
    return new App(map, readDataset(rows, columns, config.rows), basemap, config);
  } catch (error) {
    document.body.append(
      el(
        "div",
        { class: "notice failed", role: "alert" },
        el("p", {}, "The map's data could not be loaded."),
        el("p", { class: "why" }, error instanceof Error ? error.message : String(error)),
        el("button", { type: "button", onclick: () => location.reload() }, "Try again"),
      ),
    );
    throw error;
  }
}
