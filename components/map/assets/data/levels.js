/**
 * The map's levels: which rows on view are told in full, and which step back. view/levels.py's rule, for the drag;
 * tests/unit/picture/test_drawn.py holds the two together. Pure.
 *
 * @typedef {object} Levels whether a row is told in full, by its number
 * @property {(s: number) => boolean} site
 * @property {(m: number) => boolean} movement
 * @property {(i: number) => boolean} incident
 *
 * @typedef {object} Asked
 * @property {number} end the window's last day
 * @property {Record<string, string[]>} facets
 * @property {string[]} terms
 * @property {string} alike "" unless everything is to be drawn alike
 */

/** The filters that leave nothing to step back: what they let through is what was asked for. */
const ASKED_FOR = ["force", "disputed"];

/** @type {() => boolean} */
const always = () => true;

/**
 * @param {import("./dataset.js").Dataset} data as known @param {import("./posture.js").SiteState[]} states by site
 * @param {Asked} asked
 * @returns {Levels}
 */
export function levels(data, states, { end, facets, terms, alike }) {
  const subject = data.forces.findIndex(({ id }) => id === data.subject);
  if (alike || terms.length || subject < 0 || ASKED_FOR.some((key) => facets[key]?.length))
    return { site: always, movement: always, incident: always };
  const full = states.map(({ change }) => change !== "");
  const { presence, movements, incidents } = data;
  for (let n = 0; n < presence.length; n++) {
    if (presence.force[n] !== subject || presence.status[n] === "planned") continue;
    if (presence.start_first[n] <= end && presence.end_last[n] >= end) full[presence.site[n]] = true;
  }
  const { codes, combos } = incidents.facets.force;
  const involved = combos.map((combo) => combo.includes(data.subject));
  return {
    site: (s) => full[s],
    movement: (m) => movements.force[m] === subject,
    incident: (i) => involved[codes[i]] || full[incidents.site(i)] === true,
  };
}
