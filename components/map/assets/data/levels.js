/**
 * The map's levels: which rows on view are told in full, and which step back. view/levels.py's rule, for the drag;
 * tests/unit/picture/test_drawn.py holds the two together. Pure.
 *
 * @typedef {object} Levels whether a row is told in full, by its number
 * @property {(s: number) => boolean} site
 * @property {(s: number) => boolean} own whether the subject was at that site within the window, at least possibly
 * @property {(m: number) => boolean} movement
 * @property {(i: number) => boolean} incident
 *
 * @typedef {object} Asked
 * @property {number} start the window's first day
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
export function levels(data, states, { start, end, facets, terms, alike }) {
  const subject = data.forces.findIndex(({ id }) => id === data.subject);
  const own = new Set();
  if (subject < 0) return { site: always, own: () => false, movement: always, incident: always };
  const full = states.map(({ change }) => change !== "");
  const { presence, movements, incidents } = data;
  for (let n = 0; n < presence.length; n++) {
    if (presence.force[n] !== subject || presence.status[n] === "planned" || presence.start_first[n] > end) continue;
    if (presence.end_last[n] >= start) own.add(presence.site[n]);
    if (presence.end_last[n] >= end) full[presence.site[n]] = true;
  }
  /** @param {number} s */
  const isOwn = (s) => own.has(s);
  if (alike || terms.length || ASKED_FOR.some((key) => facets[key]?.length))
    return { site: always, own: isOwn, movement: always, incident: always };
  const { codes, combos } = incidents.facets.force;
  const involved = combos.map((combo) => combo.includes(data.subject));
  return {
    site: (s) => full[s],
    own: isOwn,
    movement: (m) => movements.force[m] === subject,
    incident: (i) => involved[codes[i]] || full[incidents.site(i)] === true,
  };
}
