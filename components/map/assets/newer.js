/** Newer data: an open page asks now and then which is served, and offers to load another than its own. */

import { reload } from "./bridge.js";

/** @typedef {{address: string, seconds: number}} Newest where it is told, "" for nowhere; and how often to ask */

/**
 * Offer newer data once it is there; where it is seen again, the page asks at once.
 * @param {import("./notices.js").Notices} notices
 * @param {string} version of the data on view
 * @param {Newest} newest
 */
export function offerNewer(notices, version, { address, seconds }) {
  if (!address) return;
  let offered = version;
  /** @type {HTMLElement | undefined} */
  let offer;
  const ask = async () => {
    if (document.hidden) return;
    const dataset = await served(address);
    if (!dataset || dataset === offered) return;
    offer?.remove();
    offered = dataset;
    if (dataset !== version) offer = notices.offer("Newer data is here.", "Load it", reload);
  };
  setInterval(ask, seconds * 1000);
  document.addEventListener("visibilitychange", ask);
}

/** The version of the data served now; "" where that cannot be learnt. @param {string} address @returns {Promise<string>} */
async function served(address) {
  try {
    const response = await fetch(address, { cache: "no-store" });
    return response.ok ? (await response.json()).dataset : "";
  } catch {
    return ""; // the network or the server is away: it is asked again
  }
}
