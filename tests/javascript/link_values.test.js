import assert from "node:assert/strict";
import { test } from "node:test";
import { linkValues } from "../../components/map/assets/embed/link_values.js";

/** @type {import("../../components/map/assets/embed/link_values.js").LinkKey[]} */
const KEYS = [
  { key: "from", path: ["start"], default: 20402, write: "day" },
  { key: "to", path: ["end"], default: 20524, write: "day" },
  { key: "kind", path: ["facets", "kind"], default: [], write: "text" },
  { key: "q", path: ["terms"], default: [], write: "clear" },
  { key: "known", path: ["known"], default: null, write: "clear" },
  { key: "lang", path: ["lang"], default: "", write: "text" },
  { key: "box", path: ["box"], default: null, write: "list" },
  { key: "tide", path: ["tide"], default: "low", write: "text" },
];
const HOME = { start: 20402, end: 20524, facets: {}, terms: [], known: null, lang: "", box: null, tide: "low" };
const BARE = { from: null, to: null, kind: null, q: null, known: null, lang: null, box: null, tide: null };

for (const [patch, values] of /** @type {[object, Record<string, unknown>][]} */ ([
  [{}, BARE],
  [{ end: 20495 }, { ...BARE, to: "2026-02-11" }],
  [{ box: [170.5, -20, -170, 20] }, { ...BARE, box: "170.5,-20,-170,20" }],
  [
    { facets: { kind: ["attack", "ied"] }, lang: "ar" },
    { ...BARE, kind: ["attack", "ied"], lang: "ar" },
  ],
  [{ tide: "high" }, { ...BARE, tide: "high" }],
])) {
  test(`the link of ${JSON.stringify(patch)}`, () => {
    assert.deepEqual(linkValues(/** @type {any} */ ({ ...HOME, ...patch }), KEYS), values);
  });
}

test("what only Python can write stays in the link until it is cleared", () => {
  const { q, known, ...rest } = BARE;
  const view = /** @type {any} */ ({ ...HOME, terms: ["tanf"], known: { day: 20495 } });
  assert.deepEqual(linkValues(view, KEYS), rest);
});
