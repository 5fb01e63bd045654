/**
 * Strength over time: a chart for each series, all over one stretch of time, and a brush that moves the window.
 * Steps are drawn as they are reported: nothing joins one to the next, and a gap is a gap.
 */

import { Sync } from "../../map/assets/sync.js";
import { namedMonths } from "../../map/assets/time/axis.js";
import { monthName, short } from "../../map/assets/time/days.js";
import { holds, Scale } from "../../map/assets/time/scale.js";
import { show as build, tell } from "./mount.js";
import { Chart, el, left, scaled, svg, Tip } from "./series.js";
import { Slide } from "./slide.js";

/**
 * @typedef {import("../../map/assets/time/scale.js").Domain} Domain
 * @typedef {import("../../map/assets/time/scale.js").Extent} Extent
 * @typedef {import("../../map/assets/time/scale.js").Window} Window
 *
 * @typedef {object} Data what panels/strength.py sends with the elements
 * @property {import("./series.js").Series[]} charts
 * @property {Window} window
 * @property {Extent} reach how far the hand may move it
 *
 * @typedef {object} Component what Streamlit gives
 * @property {HTMLElement} parentElement
 * @property {Data & {nodes: import("./elements.js").MarkupNode[]}} data
 * @property {import("./mount.js").SetTriggerValue} setTriggerValue
 */

const RIGHT = 26; // pixels: room for a handle
const NAME_ROOM = 40; // pixels: for the name of a month
/** The time about the window: so many days before and after it at least, else so many times its own length. */
const NEAR = { before: { days: 90, lengths: 3.5 }, after: { days: 14, lengths: 0.5 } };
/** The time beyond all the reports: days at least, else so much of what they span. */
const MARGIN = { days: 7, part: 0.03 };
/** A window that is longer than this much of the time on view leaves nothing of it in sight. */
const FULL = 1 / 1.2;

const sheet = new CSSStyleSheet();
const styles = await fetch(new URL("chart.css", import.meta.url));
sheet.replaceSync(styles.ok ? await styles.text() : "");

/** @type {WeakMap<HTMLElement, Panel>} */
const panels = new WeakMap();

/**
 * Build the panel; where only the window is another, move it.
 * @param {Component} component @param {import("./elements.js").MarkupNode[]} nodes
 */
export function show(component, nodes) {
  const { parentElement, data } = component;
  const content = JSON.stringify([nodes, data.charts]);
  const before = panels.get(parentElement);
  let panel = before;
  if (!panel || panel.content !== content || !panel.isThere) {
    before?.close();
    build(component, nodes);
    const shadow = /** @type {ShadowRoot} */ (parentElement.getRootNode());
    if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
    panel = new Panel(/** @type {HTMLElement} */ (parentElement.querySelector(".laydown")), data, content, before);
    panels.set(parentElement, panel);
  }
  panel.take(component);
}

/** The charts and, where there are any, their one brush. */
class Panel {
  /** @param {HTMLElement} root @param {Data} data @param {string} content @param {Panel} [before] whose choices stay */
  constructor(root, data, content, before) {
    this.root = root;
    this.content = content;
    const boxes = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(".chart")]);
    const tip = new Tip(root);
    this.charts = data.charts.map((series, at) => new Chart(boxes[at], series, tip));
    this.opened = fold(root, this.charts, before?.opened ?? new Set());
    const box = /** @type {HTMLElement | null} */ (root.querySelector(".brush"));
    /** @type {BrushedCharts | null} */
    this.brushed = box && this.charts.length ? new BrushedCharts(box, this.charts, data, before?.isWhole) : null;
  }

  get isThere() {
    return this.root.isConnected && this.root.querySelector(".series, .brush") !== null;
  }

  /** Whether all time is shown. */
  get isWhole() {
    return this.brushed?.whole ?? false;
  }

  close() {
    this.brushed?.close();
  }

  /** @param {Component} component */
  take({ data, setTriggerValue }) {
    this.brushed?.take(data.window, (value) => tell(setTriggerValue, value));
  }
}

/**
 * Fold each list of reports behind its number; what was open stays open. A report that is pressed opens its line.
 * @param {HTMLElement} root @param {Chart[]} charts @param {Set<string>} opened by the series' names
 */
function fold(root, charts, opened) {
  let drawn = 0;
  for (const section of root.querySelectorAll(".series")) {
    const name = [...section.querySelectorAll("h3 strong, .about")].map((part) => part.textContent).join("\n");
    const button = /** @type {HTMLElement} */ (section.querySelector(".fold"));
    const list = /** @type {HTMLElement} */ (section.querySelector(".reports"));
    const unfold = (/** @type {boolean} */ open) => {
      list.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
      opened[open ? "add" : "delete"](name);
    };
    unfold(opened.has(name));
    button.addEventListener("click", () => unfold(Boolean(list.hidden)));
    // What is only a part or a plan has no chart.
    if (!section.querySelector(".chart")) continue;
    charts[drawn++].pressed = (number) => {
      unfold(true);
      // The list has the newest first, the chart the oldest.
      const line = list.children[list.children.length - 1 - number];
      line.scrollIntoView({ block: "nearest" });
      for (const one of list.children) one.classList.toggle("pressed", one === line);
    };
  }
  return opened;
}

/** The charts over one stretch of time, with the window on them. */
class BrushedCharts {
  /** @type {Window} */
  window = { start: Number.NaN, end: Number.NaN };
  /** The window that Python knows of, or has been told. */
  #settled = this.window;
  /** @type {Domain | null} the time on view */
  #domain = null;
  /** @type {Scale | null} */
  #scale = null;
  #width = 0;
  /** @type {number | null} */
  #following = null;
  #listening = new AbortController();
  #tell = (/** @type {string[]} */ _) => {};

  /** @param {HTMLElement} box @param {Chart[]} charts @param {Data} data @param {boolean} [whole] whether all time is shown */
  constructor(box, charts, data, whole = false) {
    this.box = box;
    this.charts = charts;
    this.whole = whole;
    const days = data.charts.flatMap(({ reports }) => reports.flatMap((report) => report.days));
    /** @type {Extent} of the reports */
    this.extent = { first: Math.min(...days), last: Math.max(...days) };
    this.reach = data.reach;
    /** @type {Window} what Python said last */
    this.latest = data.window;
    this.sync = new Sync({ onTimeout: () => this.#accept(this.latest) });
    this.slide = new Slide(box, {
      read: () => this.window,
      extent: () => this.extent,
      // The data's reach and the reports, or where a link led.
      limits: ({ start, end }) => ({
        first: Math.min(this.reach.first, this.extent.first, start),
        last: Math.max(this.reach.last, this.extent.last, end),
      }),
      move: (window) => this.#set(window),
      done: () => this.#letGo(),
    });
    for (const chart of charts) this.slide.listen(chart.svg);
    this.words = el("span", { class: "when" });
    this.chips = { near: this.#chip("Near the window", false), whole: this.#chip("All time", true) };
    this.axis = svg("svg", { "aria-hidden": "true" });
    const tools = el("div", { class: "tools" }, this.chips.near, this.chips.whole, this.words);
    box.append(tools, this.slide.element, this.axis);
    /** @param {Event} event */
    const follow = (event) => this.#follow(/** @type {CustomEvent<Window>} */ (event).detail);
    window.addEventListener("laydown:window", follow, { signal: this.#listening.signal });
    // Back and Forward ask for another window: what the hand did before has no answer any more.
    window.addEventListener("popstate", () => this.sync.cancel(), { signal: this.#listening.signal });
    this.sizes = new ResizeObserver(() => {
      this.#width = box.clientWidth;
      this.#fit(true);
    });
    this.sizes.observe(box);
  }

  /** @param {string} text @param {boolean} whole */
  #chip(text, whole) {
    const chip = el("button", { type: "button", class: "chip" }, text);
    chip.addEventListener("click", () => {
      this.whole = whole;
      this.#fit(true);
    });
    return chip;
  }

  close() {
    this.#listening.abort();
    this.sizes.disconnect();
    this.slide.brush.halt();
    this.sync.cancel();
  }

  // The window

  /** What Python says; it may not yet have heard what the hand did last. @param {Window} window @param {(value: string[]) => void} tell */
  take(window, tell) {
    this.#tell = tell;
    this.latest = window;
    if (!this.slide.brush.busy && this.sync.accepts(key(window))) this.#accept(window);
  }

  /** @param {Window} window */
  #accept(window) {
    if (this.slide.brush.busy) return;
    this.#settled = window;
    this.#set(window);
    this.#fit();
  }

  /** The timeline in the map's frame moves it. @param {Window} window */
  #follow(window) {
    if (!this.box.isConnected) {
      this.close();
      return;
    }
    if (this.slide.brush.busy || !this.#domain) return;
    this.sync.cancel();
    this.#settled = window;
    this.#set(window);
    if (window.start < this.#domain.from || window.end >= this.#domain.to) this.#fit();
  }

  /** @param {Window} window */
  #set(window) {
    this.window = window;
    this.#following ??= requestAnimationFrame(() => {
      this.#following = null;
      this.#place();
    });
  }

  #letGo() {
    if (key(this.window) === key(this.#settled)) return;
    this.#fit();
    this.#settled = this.window;
    this.sync.sent(key(this.window));
    this.#tell(["window", key(this.window)]);
  }

  // The picture

  /** Keep the stretch of time while the window has room in it; else, or where it is to be chosen afresh, choose it. */
  #fit(afresh = false) {
    if (!this.#width || Number.isNaN(this.window.start)) return;
    const all = this.#all();
    const near = this.#near(all);
    for (const chip of Object.values(this.chips)) chip.hidden = near.from === all.from && near.to === all.to;
    this.chips.near.setAttribute("aria-pressed", String(!this.whole));
    this.chips.whole.setAttribute("aria-pressed", String(this.whole));
    if (afresh || !this.#domain || !this.#isRoomy(this.#domain)) {
      this.#domain = this.whole ? all : near;
      this.#draw(new Scale(this.#domain, left(), this.#width - RIGHT));
    }
    this.#place();
  }

  /** Whether the window has room in a stretch of time. @param {Domain} domain */
  #isRoomy(domain) {
    const { start, end } = this.window;
    if (this.whole) return start >= domain.from && end < domain.to;
    return holds(domain, this.window) && end - start + 1 < (domain.to - domain.from) * FULL;
  }

  /** All the reports and the window, with a margin. @returns {Domain} */
  #all() {
    const first = Math.min(this.extent.first, this.window.start);
    const last = Math.max(this.extent.last, this.window.end);
    const margin = Math.max(MARGIN.days, Math.round((last - first) * MARGIN.part));
    return { from: first - margin, to: last + 1 + margin };
  }

  /** The time about the window, within all of it. @param {Domain} all @returns {Domain} */
  #near(all) {
    const { start, end } = this.window;
    const room = (/** @type {{days: number, lengths: number}} */ { days, lengths }) =>
      Math.max(days, Math.round((end - start + 1) * lengths));
    return {
      from: Math.max(all.from, start - room(NEAR.before)),
      to: Math.min(all.to, end + 1 + room(NEAR.after)),
    };
  }

  /** @param {Scale} scale */
  #draw(scale) {
    this.#scale = this.slide.scale = scale;
    for (const chart of this.charts) chart.draw(scale);
    const named = namedMonths(scale, NAME_ROOM).filter(({ day }) => day >= scale.from);
    this.axis.replaceChildren(
      ...named.flatMap(({ day, year, month }) => {
        const x = scale.x(day);
        const text = svg("text", { x: x + 3, y: scaled(14) });
        text.textContent = month ? monthName(month) : String(year);
        return [svg("line", { class: "rule", x1: x, x2: x, y1: 0, y2: 18 }), text];
      }),
    );
  }

  /** All that happens in a frame while only the window moves. */
  #place() {
    if (!this.#scale) return;
    const { start, end } = this.window;
    const [from, to] = [this.#scale.inside(start), this.#scale.inside(end + 1)];
    for (const chart of this.charts) chart.place(from, to);
    this.slide.place(from, to, this.window, this.extent);
    this.words.textContent = `${short(start)} – ${short(end)}`;
  }
}

/** A window as an act carries it, and as an answer is told by. @param {Window} window */
function key({ start, end }) {
  return `${start}/${end}`;
}
