/** Answers what a static site's page computes, for pytest to hold against Python: reads JSON, prints JSON. See tests/node.py. */

import { readFileSync } from "node:fs";
import { readLink } from "../../components/site/assets/link.js";
import { nearest } from "../../components/site/assets/nearest.js";
import { standingOf } from "../../components/site/assets/standing.js";

const asked = JSON.parse(readFileSync(0, "utf8"));

/** @type {Record<string, () => unknown>} */
const answers = {
  links: () =>
    asked.queries.map((/** @type {string} */ query) => {
      const { command, kept, notices } = readLink(new URLSearchParams(query), asked.reader);
      return { command, kept: String(kept), notices };
    }),
  standing: () =>
    asked.windows.map((/** @type {[string, number, number]} */ [site, start, end]) =>
      standingOf(asked.standing, site, start, end),
    ),
  nearest: () =>
    asked.windows.map((/** @type {[number, number]} */ [start, end]) => nearest(asked.periods, start, end)),
};
console.log(JSON.stringify(answers[asked.ask]()));
