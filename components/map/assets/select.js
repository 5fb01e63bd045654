/**
 * What of the rows a view shows: view/selection.py's rules, for the drag. Pure.
 *
 * @typedef {object} Filter a view's filters, resolved against a dataset once, so that a window is cheap
 * @property {Uint8Array} incidents 1 for each row that the filters let through, whatever the window
 * @property {Uint8Array} movements
 * @property {Uint8Array} sites
 * @property {Uint8Array | null} presence null where no filter asks about who holds a site
 */

/** Which rows hold a chosen value of every facet and all terms of the search. */
function passing(rows, facets, terms) {
  const pass = new Uint8Array(rows.length).fill(1);
  for (const [key, facet] of Object.entries(rows.facets)) {
    const chosen = facets[key];
    if (!chosen?.length) continue;
    const allowed = facet.combos.map((combo) => combo.some((value) => chosen.includes(value)));
    for (let i = 0; i < rows.length; i++) if (!allowed[facet.codes[i]]) pass[i] = 0;
  }
  for (const term of terms) {
    for (let i = 0; i < rows.length; i++) if (pass[i] && !rows.hay[i].includes(term)) pass[i] = 0;
  }
  return pass;
}

/** @param {{facets: Record<string, string[]>, terms: string[]}} view @returns {Filter} */
export function resolve(data, { facets, terms }) {
  const asksHolders = Object.keys(data.presence.facets).some((key) => facets[key]?.length);
  return {
    incidents: passing(data.incidents, facets, terms),
    movements: passing(data.movements, facets, terms),
    sites: passing(data.sites, facets, terms),
    presence: asksHolders ? passing(data.presence, facets, []) : null,
  };
}

/** Whether row i possibly, and whether it certainly, falls in the window [start, end], both inclusive. */
const possible = (rows, i, start, end) => rows.start_first[i] <= end && rows.end_last[i] >= start;
const certain = (rows, i, start, end) => rows.start_last[i] <= end && rows.end_first[i] >= start;

function within(rows, pass, start, end) {
  const numbers = [];
  const sure = [];
  for (let i = 0; i < rows.length && rows.start_first[i] <= end; i++) {
    // Rows are in order of time, so the loop ends with the window.
    if (!pass[i] || !possible(rows, i, start, end)) continue;
    numbers.push(i);
    sure.push(certain(rows, i, start, end));
  }
  return { numbers, sure };
}

/**
 * The numbers of the rows on view, in order of time, each with whether it is certainly in the window.
 * @param {Filter} filter
 */
export function select(data, filter, start, end) {
  const sites = [];
  let touched = null;
  if (filter.presence) {
    touched = new Uint8Array(data.sites.length);
    const rows = data.presence;
    for (let n = 0; n < rows.length; n++) {
      if (filter.presence[n] && possible(rows, n, start, end)) touched[rows.site[n]] = 1;
    }
  }
  for (let s = 0; s < data.sites.length; s++) {
    if (filter.sites[s] && (!touched || touched[s])) sites.push(s);
  }
  return {
    sites,
    incidents: within(data.incidents, filter.incidents, start, end),
    movements: within(data.movements, filter.movements, start, end),
  };
}
