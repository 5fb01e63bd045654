/**
 * The key: a button that opens what the marks on the map mean: the kinds of incidents on view, who holds the sites as of
 * the window's right edge, and the other signs. In the page the sidebar filters and counts, and the key only explains;
 * an embed has no sidebar, so there its kinds and forces are counted and are filters too.
 */

import { neutral } from "../draw/arrows.js";
import { arrowGlyph, corneredGlyph, countGlyph, glyph, signGlyph, squareGlyph } from "../draw/glyphs.js";
import { keepOff } from "../draw/labels.js";
import { legible } from "../draw/palette.js";
import { short } from "../time/days.js";
import { el } from "./dom.js";

/**
 * @typedef {import("../app.js").App} App
 * @typedef {{id: string, name: string, colour: string, path: string}} Value of a facet
 */

/** The values of a facet that are on view, chosen, or hidden by another's choice, each with its symbol. */
class Values {
  /**
   * @param {App} app
   * @param {string} key the facet's
   * @param {Value[]} values by number
   * @param {boolean} filters whether each is a toggle that says how many there are
   */
  constructor(app, key, values, filters) {
    this.app = app;
    this.key = key;
    this.values = values;
    this.filters = filters;
    /** @type {{number: number, button: HTMLElement, count: HTMLElement}[]} */
    this.rows = [];
    /** The numbers of the values that were on view while none was chosen. @type {Set<number>} */
    this.seen = new Set();
    this.list = el("ul");
    /** Whether those are listed too that many values leave folded away. */
    this.whole = false;
    this.more = el("button", { type: "button", class: "more", onclick: () => this.#unfold() });
    this.element = el("div", {}, this.list, this.more);
    /** Shows what was shown last. */
    this.again = () => {};
    /** What is listed, and on which paper. */
    this.listed = "";
  }

  /** @param {ArrayLike<number>} counts on view, by number @param {Set<number>} [more] that are on view, and not counted */
  show(counts, more = new Set()) {
    this.again = () => this.show(counts, more);
    const { app, key, values, seen } = this;
    const chosen = app.view.facets[key] ?? [];
    if (!chosen.length && !app.timeline?.dragging) seen.clear(); // a row must not jump away under a drag
    const isOn = (/** @type {number} */ number) => chosen.includes(values[number].id);
    const occurs = chosen.length && !seen.size ? this.#occurring() : seen;
    const listed = values
      .map((_, number) => number)
      .filter((number) => counts[number] > 0 || more.has(number) || isOn(number) || occurs.has(number));
    if (!chosen.length) for (const number of listed) seen.add(number);
    const { most_options: most } = app.data;
    const first = this.whole ? listed : listed.filter((number, at) => at < most || isOn(number));
    this.more.hidden = first.length === listed.length;
    this.more.textContent = `${(listed.length - first.length).toLocaleString("en-GB")} more`;
    this.#list(first);
    if (!this.filters) return;
    for (const { number, button, count } of this.rows) {
      button.setAttribute("aria-pressed", String(isOn(number)));
      button.classList.toggle("off", chosen.length > 0 && !isOn(number));
      const text = counts[number] ? counts[number].toLocaleString("en-GB") : chosen.length ? "" : "0";
      if (count.textContent !== text) count.textContent = text;
    }
  }

  /** List the others too; the focus goes to the first of them. */
  #unfold() {
    const shown = new Set(this.rows.map(({ number }) => number));
    this.whole = true;
    this.again();
    const first = this.rows.find(({ number }) => !shown.has(number))?.button;
    if (!first) return;
    if (!this.filters) first.tabIndex = -1; // it is no button, and still where reading goes on
    first.focus();
  }

  /** The values that any row has: what there is to choose where a link has already chosen. */
  #occurring() {
    const { app, key, values } = this;
    const found = new Set(app.data.incidents.facets[key]?.combos.flat());
    return new Set(values.flatMap(({ id }, number) => (found.has(id) ? [number] : [])));
  }

  /** @param {number[]} listed */
  #list(listed) {
    const { paper } = this.app.palette;
    const asked = `${paper} ${listed}`;
    if (asked === this.listed) return;
    this.listed = asked;
    const focused = this.rows.find(({ button }) => button === document.activeElement)?.number;
    this.rows = listed.map((number) => {
      const { id, name, colour, path } = this.values[number];
      const mark = glyph(path, "symbol");
      mark.style.color = legible(colour, paper);
      const count = el("span", { class: "count" });
      const label = el("span", { class: "name" }, name);
      const act = () => this.app.choose(this.key, id);
      const button = this.filters
        ? el("button", { type: "button", onclick: act, title: name }, mark, label, count)
        : el("span", { class: "value" }, mark, label);
      return { number, button, count };
    });
    this.list.replaceChildren(...this.rows.map(({ button }) => el("li", {}, button)));
    this.rows.find(({ number }) => number === focused)?.button.focus();
  }
}

/**
 * A sample of a mark, by its name in style.py's SIGNS: an arrow is drawn as on the map, the others by legend.css.
 * @param {string} name @param {import("../draw/style.js").Style} style
 * @param {string} force the colour of the force that a sample of troops wears
 * @param {string[]} colours the palette's for density
 */
function sample(name, { movements, sign, sites, density }, force, colours) {
  const { lines, widths } = movements;
  const thin = widths[widths.length - 1][1];
  /** @param {number} width @param {string} moved @param {{range?: boolean, vague?: boolean, bead?: boolean}} [more] */
  const arrow = (width, moved, more) =>
    arrowGlyph(movements, { width: width * lines[moved].weight, dash: lines[moved].dash, ...more });
  if (name in lines) {
    const mark = arrow(thin, name);
    if (!lines[name].colour) mark.style.color = force;
    return mark;
  }
  if (name in sites.strokes) return squareGlyph(sites, sites.strokes[name]);
  if (name.startsWith("width ")) return arrow(widths[Number(name.slice(6))][1], "troops");
  /** @type {Record<string, () => SVGElement>} */
  const drawn = {
    range: () => arrow(widths[1][1], "troops", { range: true }),
    vague: () => arrow(thin, "troops", { vague: true }),
    bead: () => arrow(thin, "troops", { bead: true }),
    compared: () => corneredGlyph(sites),
    count: () => countGlyph("12"),
    disputed: () => signGlyph(sign),
  };
  if (name === "density") {
    const steps = density.told.map((number) =>
      el("i", { style: `background: ${colours[density.steps.indexOf(number)]}` }),
    );
    return el("span", { class: "density" }, ...steps);
  }
  return drawn[name]?.() ?? el("i", { class: `mark ${name}` });
}

export class Legend {
  /** @param {import("../app.js").App} app @param {boolean} filters whether it filters, too */
  constructor(app, filters) {
    this.app = app;
    const { kinds, forces, shapes } = app.data;
    this.kinds = new Values(
      app,
      "kind",
      kinds.map((/** @type {import("../data/dataset.js").Kind} */ kind) => ({
        ...kind,
        name: kind.label,
        path: shapes[kind.shape],
      })),
      filters,
    );
    this.forces = new Values(
      app,
      "force",
      forces.map((/** @type {import("../data/dataset.js").Force} */ force) => ({ ...force, path: shapes.square })),
      filters,
    );
    this.day = el("h3");
    this.signs = el("div", { class: "signs" });
    /** The colours that the signs were drawn in. @type {import("../draw/style.js").Palette | undefined} */
    this.signsOn = undefined;
    this.summary = el("summary", {}, "Key");
    const close = el(
      "button",
      {
        type: "button",
        class: "close",
        "aria-label": "Close the key",
        title: "Close (Esc)",
        onclick: () => this.#close(),
      },
      glyph("M4 4l8 8M12 4l-8 8"),
    );
    const { headings } = /** @type {import("../draw/style.js").Style} */ (app.data.style);
    this.inView = el(
      "button",
      { type: "button", class: "in-view", onclick: () => app.setInView(!app.view.box) },
      app.data.words.only_in_view,
    );
    const body = el(
      "div",
      { class: "key-body" },
      filters ? el("p", {}, this.inView) : null,
      el("section", { class: "kinds" }, el("h3", {}, headings.incidents), this.kinds.element),
      el("section", { class: "forces" }, this.day, this.forces.element),
      this.signs,
    );
    this.element = /** @type {HTMLDetailsElement} */ (
      el(
        "details",
        { class: "legend" },
        this.summary,
        el("div", { class: "key-head" }, el("h2", {}, headings.key), close),
        body,
      )
    );
    L.DomEvent.disableClickPropagation(this.element);
    L.DomEvent.disableScrollPropagation(this.element);
    app.map.getContainer().append(this.element);
    keepOff(this.element, () => app.scene.redraw());
    document.addEventListener("pointerdown", ({ target }) => {
      if (!this.element.contains(/** @type {Node} */ (target))) this.element.open = false;
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.element.open) return;
      event.stopPropagation(); // it closes the key, and leaves what is selected
      this.#close();
    });
  }

  /** Close it; the focus goes back to its button. */
  #close() {
    this.element.open = false;
    this.summary.focus();
  }

  show() {
    const { view, counted, states, data } = this.app;
    this.day.textContent = `Sites on ${short(view.end)}`;
    this.inView.setAttribute("aria-pressed", String(Boolean(view.box)));
    this.kinds.show(counted.incidents.countByKind);
    const held = new Uint32Array(data.forces.length);
    for (const s of counted.sites) if (states[s].force >= 0) held[states[s].force] += 1;
    this.forces.show(held, new Set(counted.areas.map(({ number }) => data.areas.force[number])));
    this.#showSigns();
  }

  /** Whether the data may have a mark: of what few data have the key tells only there. @param {string} name */
  #occurs(name) {
    const { areas, sites, squares, style } = this.app.data;
    if (name === "density") return squares.length > 0;
    if (name === "crowd") return sites.length > style.crowd.few;
    return !name.endsWith("-area") || areas.length > 0;
  }

  /** Anew where the theme changes: on another paper a force's colour is another. */
  #showSigns() {
    const { data, palette } = this.app;
    if (palette === this.signsOn) return;
    this.signsOn = palette;
    /** @type {import("../draw/style.js").Style} */
    const style = data.style;
    const force = legible(data.forces[0]?.colour ?? palette.label, palette.paper);
    this.signs.style.setProperty("--neutral", neutral(style.neutral, palette.paper, style));
    this.signs.style.setProperty("--possible", String(style.possible));
    const groups = Object.entries(style.signs).map(([title, signs]) =>
      el(
        "section",
        {},
        el("h3", {}, title),
        el(
          "ul",
          {},
          ...Object.entries(signs)
            .filter(([name]) => this.#occurs(name))
            .map(([name, text]) => el("li", {}, sample(name, style, force, palette.density), el("span", {}, text))),
        ),
      ),
    );
    this.signs.replaceChildren(...groups);
  }
}
