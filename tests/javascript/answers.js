/**
 * Answers what the browser computes, for pytest to hold against Python: reads `{ask, …}` as JSON from the standard
 * input, prints the answer as JSON. See tests/node.py.
 */

import { boxed } from "../../components/map/assets/data/box.js";
import { asKnown, readDataset } from "../../components/map/assets/data/dataset.js";
import { fold } from "../../components/map/assets/data/names.js";
import { siteStates, sitesOf } from "../../components/map/assets/data/posture.js";
import { resolve, select, ticksOnView } from "../../components/map/assets/data/select.js";
import { arrowPath } from "../../components/map/assets/draw/arrows.js";
import { atOnce } from "../../components/map/assets/slices.js";
import { binEdges, Histogram, SIZES } from "../../components/map/assets/timeline/histogram.js";

/** @param {{json: any, bin: string, text: string}} parts of the rows document; the columns as base64 */
function dataset({ json, bin, text }) {
  const buffer = Uint8Array.from(Buffer.from(bin, "base64")).buffer;
  const address = (/** @type {string} */ content) =>
    `data:text/plain;base64,${Buffer.from(content, "utf8").toString("base64")}`;
  const titles = JSON.stringify(Array(json.incidents.length).fill(["", ""]));
  return readDataset(json, buffer, { text: address(text), texts: address(titles) });
}

/** What each command selects, and how each site on view stands. @param {{rows: any, commands: any[]}} asked */
async function selections({ rows, commands }) {
  const all = dataset(rows);
  const answers = [];
  for (const command of commands) {
    const data = asKnown(all, command.known);
    const filter = await resolve(data, command);
    const chosen = select(data, filter, command.start, command.end);
    const states = siteStates(data, command.start, command.end);
    const { incidents, movements } = chosen;
    const force = (/** @type {number} */ number) => data.forces[number]?.id ?? "";
    answers.push({
      incidents: incidents.numbers.map((n) => [n, incidents.certain(n)]),
      count: incidents.count,
      kinds: [...incidents.countByKind],
      newest: incidents.newest(3),
      movements: movements.numbers.map((n, i) => [n, movements.sure[i]]),
      sites: chosen.sites.map((s) => {
        const { status, force: holder, possible, previous, change } = states[s];
        return [data.sites.id[s], status, force(holder), possible, force(previous), change];
      }),
      ticks: ticksOnView(data, filter),
    });
  }
  return answers;
}

/** The areas that each command shows in its box, and whether each is only possibly held. @param {{rows: any, commands: any[]}} asked */
async function areas({ rows, commands }) {
  const all = dataset(rows);
  const answers = [];
  for (const command of commands) {
    const data = asKnown(all, command.known);
    const filter = await resolve(data, command);
    const counted = command.box ? atOnce(boxed(data, filter, command.box)) : filter;
    const held = select(data, counted, command.start, command.end).areas;
    answers.push(held.map(({ number, possible }) => [data.areas.id[number], possible]));
  }
  return answers;
}

/** How each site stands in each window. @param {{rows: any, windows: [number, number][]}} asked */
function states({ rows, windows }) {
  const data = dataset(rows);
  const force = (/** @type {number} */ number) => data.forces[number]?.id ?? "";
  return windows.map(([start, end]) =>
    siteStates(data, start, end).map(({ status, force: holder, possible, previous, change }) => [
      status,
      force(holder),
      possible,
      force(previous),
      change,
    ]),
  );
}

/** Where a force is on each day: surely, and only possibly. @param {{rows: any, force: number, sites: number[], days: number[]}} asked */
function held({ rows, force, sites, days }) {
  const data = dataset(rows);
  return days.map((day) => {
    const { sure, possible } = sitesOf(data, force, day, new Set(sites));
    return [[...sure].sort((a, b) => a - b), [...possible].sort((a, b) => a - b)];
  });
}

/**
 * The paths of arrows.
 * @param {{cases: [number[] | null, number[] | null, number][], style: any}} asked
 */
function arrows({ cases, style }) {
  const end = (/** @type {number[] | null} */ given) =>
    given && { at: /** @type {[number, number]} */ (given.slice(0, 2)), edge: given[2] };
  return cases.map(([origin, target, number]) => arrowPath(end(origin), end(target), number, style));
}

/**
 * The bins of each size, for each choice of rows that pass.
 * @param {{columns: Record<string, number[]>, kinds: number, passes: number[][], first: number, last: number}} asked
 */
function histogram({ columns, kinds, passes, first, last }) {
  const numbers = Object.entries(columns).map(([name, values]) => [name, Int32Array.from(values)]);
  const counts = new Histogram({ length: columns.kind.length, ...Object.fromEntries(numbers) }, kinds);
  return passes.map((pass) => {
    counts.count(Uint8Array.from(pass));
    return SIZES.map((size) => {
      const edges = binEdges(size, first, last);
      const { certain, possible } = counts.bins(size, edges);
      return { name: size.name, edges, certain: [...certain], possible: [...possible] };
    });
  });
}

/** @type {Record<string, (asked: any) => any>} */
const ANSWERS = {
  selections,
  areas,
  states,
  held,
  arrows,
  histogram,
  folded: ({ names }) => names.map(fold),
};

let text = "";
for await (const part of process.stdin) text += part;
const { ask, ...asked } = JSON.parse(text);
process.stdout.write(JSON.stringify(await ANSWERS[ask](asked)));
