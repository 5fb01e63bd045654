/** The hover card: what lies under the cursor, or is pointed at by the keyboard, in a few words. */

import { announcePointed } from "./bridge.js";
import { count, el } from "./controls/dom.js";
import { rowNames } from "./lights.js";
import { short, span } from "./time/days.js";

/**
 * @typedef {object} Words what people read of single rows; templates with names in braces. From view/wording.py
 * @property {Record<string, string>} precision
 * @property {Record<string, string>} states by SiteState.status: {force} and {previous}
 * @property {string} possibly_held {force}
 * @property {string} confidence {confidence}
 * @property {string} disagree
 * @property {string} public_by "Only what was public by", before a day
 * @property {string} public_by_brief the same where there is little room
 * @property {string} anywhere {place}
 * @property {string} unnamed_area
 * @property {string} undisclosed_site
 * @property {string} in_square below how many incidents a square of the map stands for
 * @property {string} rival below who claims a place
 * @property {string} alike the switch that draws everything alike
 * @property {string} in_view of what is counted: "in this part of the map"
 * @property {string} only_in_view the switch that has it so
 */

const UNTITLED = "Its title could not be loaded";
/** How near the map's edge, in pixels, what is pointed at may lie. */
const EDGE = 60;
const MARGIN = 8;
/** From the row: to the right, below, and above where there is no room below. */
const OFFSET = { right: 14, below: 18, above: 12 };

/** What there is to say, with a dot between. @param {...(string | false | undefined)} parts */
const joined = (...parts) => parts.filter(Boolean).join(" · ");

/** A template with what stands in its braces. @param {string} template @param {Record<string, string>} values */
const filled = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export class RowTooltip {
  /** Which row it shows, as a key. @type {string | null} */
  #shown = null;
  /** The rows that were sent to the page around last. */
  #sent = "";
  /** The row that the keyboard points at. @type {import("./app.js").Mark | null} */
  pointed = null;

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    this.element = el("div", { class: "tip", role: "status", hidden: true });
    const { map } = app;
    map.getContainer().append(this.element);
    map.on("mousemove", ({ containerPoint: { x, y } }) => this.#hover(x, y));
    map.on("mouseout movestart", () => {
      this.element.hidden = true;
      this.#tell([]);
    });
  }

  /** Point at a row, as hovering does, for those without a mouse; null points at none. @param {import("./app.js").Mark | null} mark */
  point(mark) {
    const { map, scene } = this.app;
    this.pointed = mark;
    this.#tell(mark ? [mark] : []);
    const at = mark && scene.where(mark);
    this.element.hidden = !at;
    if (!mark || !at) return;
    this.#fill(mark, 0, "pointed", at[0]);
    map.panInside(map.containerPointToLatLng(at), { padding: [EDGE, EDGE], animate: false });
    const [x, y] = scene.where(mark) ?? at;
    this.#place(x, y);
  }

  /** @param {number} x @param {number} y */
  #hover(x, y) {
    const [hit] = this.app.scene.at(x, y);
    this.app.map.getContainer().style.cursor = hit ? "pointer" : "";
    const number = hit ? 0 : this.app.scene.incidents.density.at(x, y);
    this.#tell(hit?.rows ?? []);
    if (!hit) {
      this.#shown = null;
      if (number) return this.#crowd(number, x, y);
      const area = this.app.scene.areaAt(x, y);
      this.element.hidden = area < 0;
      if (area >= 0) this.#fillArea(area);
      this.#place(x, y);
      return;
    }
    this.element.hidden = false;
    this.#fill(hit.rows[0], hit.rows.length - 1, "hovered", x);
    this.#place(x, y);
  }

  /** Tell how many incidents a square stands for. @param {number} number @param {number} x @param {number} y */
  #crowd(number, x, y) {
    const title = el("strong", {}, count(number, "incident"));
    this.element.replaceChildren(title, el("span", {}, this.app.data.words.in_square));
    this.element.hidden = false;
    this.#place(x, y);
  }

  /** Tell the page around which rows are pointed at, where they are others than before. @param {import("./app.js").Mark[]} marks */
  #tell(marks) {
    const rows = rowNames(this.app.data, marks);
    const names = rows.join(" ");
    if (names === this.#sent) return;
    this.#sent = names;
    announcePointed(rows);
  }

  /**
   * Show a row, unless it is shown already; an incident's title comes when it has been fetched.
   * @param {import("./app.js").Mark} mark
   * @param {number} more how many others lie there
   * @param {string} by what asked for it
   * @param {number} x where on the map, in pixels: the halves of a compared one tell of two days
   */
  async #fill({ type, number }, more, by, x) {
    const first = this.#isFirstDay(x);
    const key = `${type} ${number} ${more} ${by} ${first}`;
    if (key === this.#shown && by === "hovered") return;
    this.#shown = key;
    const write = (/** @type {string} */ title) => {
      const lines = [el("strong", {}, title), el("span", {}, this.#details(type, number, first))];
      const how = type === "site" ? "press to go nearer" : "press to spread them out";
      if (more) lines.push(el("span", {}, `and ${more} more here: ${how}`));
      this.element.replaceChildren(...lines);
    };
    const { data } = this.app;
    if (type === "site") write(data.sites.name[number]);
    else if (type === "movement") write(data.movements.title[number]);
    else {
      write(data.texts.peek(number)?.title ?? "…");
      const [{ title }] = await data.texts.get([number]).catch(() => [{ title: UNTITLED }]);
      if (this.#shown === key) write(title);
    }
  }

  /** Show a held area. @param {number} number */
  #fillArea(number) {
    const { areas, forces, words } = this.app.data;
    const { codes, combos } = areas.facets.confidence;
    const holder = filled(words.states.held, { force: forces[areas.force[number]].name });
    // What was not public yet on the view's day is not told.
    const when = this.app.view.known ? "" : areas.told[number];
    const details = joined(holder, when, filled(words.confidence, { confidence: combos[codes[number]][0] }));
    this.element.replaceChildren(el("strong", {}, areas.name[number]), el("span", {}, details));
  }

  /** @param {number} x @param {number} y of the row */
  #place(x, y) {
    const size = this.app.map.getSize();
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const left = Math.max(MARGIN, Math.min(x + OFFSET.right, size.x - width - MARGIN));
    const top = y + OFFSET.below + height > size.y ? y - height - OFFSET.above : y + OFFSET.below;
    this.element.style.transform = `translate(${left}px, ${top}px)`;
  }

  /** Whether a point of the map is told as of the window's first day. @param {number} x */
  #isFirstDay(x) {
    const { compared, map } = this.app;
    return compared !== null && x < (map.getSize().x * compared.at) / 100;
  }

  /** A row in a few words. @param {import("./app.js").Mark["type"]} type @param {number} number @param {boolean} first */
  #details(type, number, first) {
    const { data, scene } = this.app;
    if (type === "site") {
      const disputed = scene.isDisputed(data.sites, number) && data.words.disagree;
      return joined(this.#standing(number, first), data.words.precision[data.sites.precision[number]], disputed);
    }
    const rows = type === "movement" ? data.movements : data.incidents;
    const disputed = scene.isDisputed(rows, number) && data.words.disagree;
    const { start_first, start_last, end_first, end_last } = rows;
    const sure = (/** @type {string} */ confidence) => filled(data.words.confidence, { confidence });
    const when = span(start_first[number], start_last[number], end_first[number], end_last[number]);
    if (type === "movement")
      return joined(when, data.movements.moved[number], sure(data.movements.sure[number]), disputed);
    const { codes, combos } = rows.facets.confidence;
    return joined(when, this.#where(number), sure(combos[codes[number]][0]), disputed);
  }

  /** @param {number} i an incident's number */
  #where(i) {
    const { incidents, sites, words } = this.app.data;
    const site = incidents.site(i);
    const place = site >= 0 ? sites.name[site] : incidents.placeName(i);
    return [place, words.precision[incidents.precision(i)]].filter(Boolean).join(", ");
  }

  /** How a site stands on the window's last day, or stood on its first, in a few words. @param {number} site @param {boolean} first */
  #standing(site, first) {
    const { compared, data, states, view } = this.app;
    const { status, force, possible, previous } = (first && compared ? compared.before : states)[site];
    const { possibly_held, states: words } = data.words;
    const name = (/** @type {number} */ number) => data.forces[number]?.name ?? "";
    const template = status === "held" && possible ? possibly_held : words[status];
    const standing = filled(template, { force: name(force), previous: name(previous) });
    return compared ? `${short(first ? view.start : view.end)}: ${standing}` : standing;
  }
}
