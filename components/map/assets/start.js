/** The way in: fetches the rows and the basemap, and sets the map up. */

import { App } from "./app.js";
import { adoptFonts, reload } from "./bridge.js";
import { el } from "./controls/dom.js";
import { readDataset } from "./data/dataset.js";
import { fetched } from "./data/files.js";

/** How long the map waits for its font, while it fetches the rows. */
const FONT_PATIENCE_MS = 1000;
/** Where a tab keeps for which address it has loaded the page anew. */
const GONE = "laydown:gone";

/**
 * Whether an address was not found for the first time in this tab: the data has changed since the page was made, and the
 * page as it is now names what is there. @param {string} address
 */
function firstTime(address) {
  try {
    if (sessionStorage.getItem(GONE) === address) return false;
    sessionStorage.setItem(GONE, address);
    return true;
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "SecurityError") throw error;
    return false; // in a sandbox nothing is kept, and a page might load anew for ever
  }
}

/** Fetch a file of the data; where it is gone, load the page anew, once. @param {string} address */
async function current(address) {
  try {
    return await fetched(address);
  } catch (error) {
    if (error instanceof Error && error.cause === 404 && firstTime(address)) reload();
    throw error;
  }
}

/**
 * Fetch the rows and the basemap and set everything up.
 * @param {import("leaflet").Map} map
 * @param {import("./app.js").Config} config
 * @returns {Promise<App>}
 */
export async function start(map, config) {
  try {
    const [rows, columns, basemap] = await Promise.all([
      current(config.rows.json).then((response) => response.json()),
      current(config.rows.bin).then((response) => response.arrayBuffer()),
      current(config.basemap).then((response) => response.json()),
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
