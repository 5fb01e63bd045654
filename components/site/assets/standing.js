/** The facts of a site's card that depend on the window, looked up in what site/standing.py worked out. Pure. */

/**
 * @typedef {import("../../panels/assets/elements.js").MarkupNode} MarkupNode
 *
 * @typedef {object} Standing
 * @property {MarkupNode[][]} facts
 * @property {Record<string, {days: number[], single: number[], cells: number[][]}>} sites by id
 */

/** In which cell a day lies: how many of the days from which on a site may stand otherwise are not after it. @param {number[]} days @param {number} day */
const cellOf = (days, day) => days.filter((from) => from <= day).length;

/**
 * The terms and what is said of each, for a window of a site.
 * @param {Standing} standing @param {string} site its id @param {number} start @param {number} end
 * @returns {MarkupNode[]}
 */
export function standingOf({ facts, sites }, site, start, end) {
  const { days, single, cells } = sites[site];
  const [first, last] = [cellOf(days, start), cellOf(days, end)];
  return facts[start === end ? single[first] : cells[first][last - first]];
}
