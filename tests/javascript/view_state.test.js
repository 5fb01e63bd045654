import assert from "node:assert/strict";
import { test } from "node:test";
import { changed, fromCommand, keyOf, picked, toggled } from "../../components/map/assets/view_state.js";

/** @type {import("../../components/map/assets/view_state.js").Command} */
const COMMAND = {
  start: 20402,
  end: 20524,
  facets: { kind: ["attack"] },
  terms: ["tanf"],
  known: null,
  selected: "site:al-tanf",
  number: -1,
  camera: [7, 33.5, 38.6],
  box: null,
  base: "vector",
  show: "status",
  lang: "",
  alike: "",
  compare: null,
  step: "",
  link: "0123456789ab",
};

test("a view is what the command asks for, without the link's mark", () => {
  const { link, ...asked } = COMMAND;
  assert.deepEqual(fromCommand(COMMAND), asked);
});

test("a view cannot be changed in place", () => {
  const view = fromCommand(COMMAND);
  assert.throws(() => Object.assign(view, { start: 0 }), TypeError);
  assert.throws(() => Object.assign(changed(view, { start: 1 }), { start: 0 }), TypeError);
});

test("a field that nothing here knows is carried along, out and back", () => {
  const view = fromCommand(/** @type {any} */ ({ ...COMMAND, tide: "high" }));
  const next = changed(view, { start: 1 });
  assert.deepEqual(picked(next, ["start", "tide"]), { start: 1, tide: "high" });
  assert.notEqual(keyOf(next, ["tide"]), keyOf(changed(next, /** @type {any} */ ({ tide: "low" })), ["tide"]));
});

test("a change replaces the view, and what is the same is the same object", () => {
  const view = fromCommand(COMMAND);
  const next = changed(view, { start: 1, end: 2 });
  assert.deepEqual([next.start, next.end, next.base, view.start], [1, 2, "vector", 20402]);
  assert.equal(changed(view, { start: view.start, selected: view.selected }), view);
});

for (const [
  facets,
  key,
  value,
  then,
] of /** @type {[Record<string, string[]>, string, string, Record<string, string[]>][]} */ ([
  [{}, "kind", "attack", { kind: ["attack"] }],
  [{ kind: ["attack"] }, "kind", "attack", {}],
  [{ kind: ["attack"] }, "kind", "ied", { kind: ["attack", "ied"] }],
  [{ kind: ["attack", "ied"], force: ["us"] }, "kind", "attack", { kind: ["ied"], force: ["us"] }],
])) {
  test(`${value} toggled in ${JSON.stringify(facets)}`, () => assert.deepEqual(toggled(facets, key, value), then));
}

for (const [one, other, same] of /** @type {const} */ ([
  [{ facets: { a: ["1"], b: ["2"] } }, { facets: { b: ["2"], a: ["1"] } }, true],
  [{ facets: { a: ["1"] } }, { facets: { a: ["2"] } }, false],
  [{ facets: {}, start: 1 }, { facets: {}, start: 2 }, true],
  [{ facets: { a: ["1", "2"] } }, { facets: { a: ["2", "1"] } }, false],
])) {
  test(`the key of ${JSON.stringify(one)} and ${JSON.stringify(other)}`, () =>
    assert.equal(keyOf(one, ["facets"]) === keyOf(other, ["facets"]), same));
}
