/**
 * A compared map in halves: left as of the window's first day, right as of its last. view/compare.py's rule, for the
 * drag, with why nothing of what happened between the days is drawn. Pure.
 *
 * @typedef {import("../data/posture.js").SiteState} SiteState
 * @typedef {import("../draw/scene.js").SceneView} SceneView
 *
 * @typedef {object} Compared
 * @property {number} at where the map is divided, in per cent of its width
 * @property {SiteState[]} before how each site stood on the first day, with what the window did to it
 * @property {ReturnType<typeof areasOn>} areas those held on the first day
 *
 * @typedef {object} Half a part of the map
 * @property {SceneView} view what it shows
 * @property {number} left its edges, in pixels
 * @property {number} right
 */

import { areasOn, siteStates } from "../data/posture.js";

/**
 * How the sites stood on the window's first day; null where the map is not compared.
 * @param {Parameters<typeof siteStates>[0] & Parameters<typeof areasOn>[0]} data
 * @param {SiteState[]} states as of the window's last day
 * @param {{start: number, compare: number | null}} view @param {{areas: Uint8Array}} filter
 * @returns {Compared | null}
 */
export function compared(data, states, { start, compare }, filter) {
  if (compare === null) return null;
  const first = siteStates(data, start, start);
  const before = first.map((state, s) => ({ ...state, change: states[s].change }));
  return { at: compare, before, areas: areasOn(data, filter.areas, start) };
}

/** No incident. @param {SceneView["selection"]["incidents"]} incidents */
function none(incidents) {
  /** @type {SceneView["selection"]["incidents"]} */
  const empty = Object.create(incidents);
  return Object.assign(empty, { count: 0, first: 0, past: 0 });
}

/**
 * The parts in which a view is drawn: the whole map, or its halves.
 * @param {SceneView} view
 * @param {number} width of the map, in pixels
 * @returns {Half[]}
 */
export function halves(view, width) {
  const { compared, selection } = view;
  if (!compared) return [{ view, left: -Infinity, right: Infinity }];
  const { sites, areas, incidents } = selection;
  const shown = { sites, areas, incidents: none(incidents), movements: { numbers: [], sure: [] } };
  /** @type {SceneView} */
  const last = { ...view, selection: shown, marks: "compare", rivals: [] };
  const at = (width * compared.at) / 100;
  return [
    {
      view: { ...last, selection: { ...shown, areas: compared.areas }, states: compared.before },
      left: -Infinity,
      right: at,
    },
    { view: last, left: at, right: Infinity },
  ];
}
