/**
 * One series of reports as a picture, and what a report says beside its mark.
 *
 * @typedef {import("../../map/assets/time/scale.js").Scale} Scale
 *
 * @typedef {object} Report
 * @property {[number, number]} days the first and the last day that its date may mean
 * @property {[number | null, number | null]} range null where it is open
 * @property {"count" | "part" | "plan" | "usual"} measure
 * @property {string} figure its range in words
 * @property {string} when its date, and what it is where it is no count
 * @property {string} by who said so
 *
 * @typedef {[first: number, last: number, low: number | null, high: number | null]} Step
 *
 * @typedef {object} Series what panels/strength.py sends of each
 * @property {string} title
 * @property {string} colour
 * @property {number[]} ticks the figures that are named beside the chart, from 0
 * @property {Step[]} steps
 * @property {Report[]} reports in order of time
 *
 * @typedef {Record<string, string | number>} Attributes
 */

import { within } from "../../map/assets/time/days.js";

const SVG = "http://www.w3.org/2000/svg";
/** Pixels as many as larger text needs: chart.css says them in rem, of 14 pixels. */
export const scaled = (/** @type {number} */ pixels) =>
  (pixels * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)) / 14;
/** Room for the figures beside a chart, in pixels. */
export const left = () => scaled(44);
const HEIGHT = 92;
const TOP = 12;
const BOTTOM = 8;
const MARK = 9; // pixels: a report's mark, at least
export const TARGET = 24; // pixels: what a hand can hit

/** @template {Element} T @param {T} element @param {Attributes} attributes @param {(Node | string)[]} children @returns {T} */
function make(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag @param {Tag} tag @param {Attributes} attributes
 * @param {...(Node | string)} children
 */
export const el = (tag, attributes = {}, ...children) => make(document.createElement(tag), attributes, children);

/**
 * @template {keyof SVGElementTagNameMap} Tag @param {Tag} tag @param {Attributes} attributes
 * @param {...(Node | string)} children
 */
export const svg = (tag, attributes = {}, ...children) =>
  make(document.createElementNS(SVG, tag), attributes, children);

/** How many charts there have been: what is referred to in one has an id of its own. */
let made = 0;

/** Which report an arrow key goes to. @type {Record<string, number>} */
const WAYS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** @template T @param {T | null} one @returns {one is T} */
const isThere = (one) => one !== null;

/** One series: its steps, its reports as marks, and the window behind them. */
export class Chart {
  /** @type {(SVGGElement | null)[]} by report, null where it lies beyond the time on view */
  marks = [];
  /** Called with the number of a report that is pressed. */
  pressed = (/** @type {number} */ _) => {};

  /** @param {HTMLElement} box @param {Series} data @param {Tip} tip */
  constructor(box, data, tip) {
    this.data = data;
    this.tip = tip;
    this.current = data.reports.length - 1;
    made += 1;
    this.id = `fade-${made}`;
    box.style.setProperty("--colour", data.colour);
    this.svg = svg("svg", { role: "group", "aria-label": `${data.title}: ${data.reports.length} reports over time` });
    this.shade = svg("rect", { class: "window", y: 0, height: HEIGHT - BOTTOM });
    this.svg.addEventListener("keydown", (event) => this.#key(event));
    box.append(this.svg);
  }

  /** @param {number} figure */
  #y(figure) {
    const { ticks } = this.data;
    return HEIGHT - BOTTOM - (figure / ticks[ticks.length - 1]) * (HEIGHT - TOP - BOTTOM);
  }

  /** @param {Scale} scale */
  draw(scale) {
    const { activeElement } = /** @type {ShadowRoot | Document} */ (this.svg.getRootNode());
    const focused = activeElement?.closest(".report");
    const held = focused ? this.svg.contains(focused) : false;
    const { ticks, steps, reports } = this.data;
    const inside = svg("rect", { x: scale.left, y: 0, width: scale.right - scale.left, height: HEIGHT });
    const plot = svg(
      "g",
      { "clip-path": `url(#${this.id}-plot)` },
      ...steps.flatMap((step) => this.#step(scale, step)),
    );
    this.marks = reports.map((report, number) => this.#report(scale, report, number));
    this.svg.replaceChildren(
      svg(
        "defs",
        {},
        svg("clipPath", { id: `${this.id}-plot` }, inside),
        this.#fade("up", 0, 0.3),
        this.#fade("down", 0.3, 0),
      ),
      ...ticks.flatMap((figure) => [
        svg("line", {
          class: figure ? "rule" : "rule zero",
          x1: scale.left,
          x2: scale.right,
          y1: this.#y(figure),
          y2: this.#y(figure),
        }),
        this.#label(figure),
      ]),
      this.shade,
      plot,
      // What is no count lies under the counts.
      ...this.#marksWhere(({ measure }) => measure !== "count"),
      ...this.#marksWhere(({ measure }) => measure === "count"),
      ...(this.marks.some(Boolean) || steps.some(([first, last]) => first < scale.to && last >= scale.from)
        ? []
        : [this.#none(scale)]),
    );
    this.#rove(this.current, held);
  }

  /** @param {(report: Report) => boolean} holds */
  #marksWhere(holds) {
    return this.marks.filter((_, number) => holds(this.data.reports[number])).filter(isThere);
  }

  /** @param {Scale} scale */
  #none(scale) {
    const text = svg("text", {
      class: "none",
      x: (scale.left + scale.right) / 2,
      y: HEIGHT / 2 + 4,
      "text-anchor": "middle",
    });
    text.textContent = "Nothing reported near the window";
    return text;
  }

  /** @param {number} figure */
  #label(figure) {
    const text = svg("text", { x: left() - 6, y: this.#y(figure) + scaled(4), "text-anchor": "end" });
    text.textContent = figure.toLocaleString("en-GB");
    return text;
  }

  /** @param {string} way @param {number} top opacity @param {number} bottom */
  #fade(way, top, bottom) {
    return svg(
      "linearGradient",
      { id: `${this.id}-${way}`, x1: 0, x2: 0, y1: 0, y2: 1 },
      svg("stop", { offset: 0, "stop-opacity": top }),
      svg("stop", { offset: 1, "stop-opacity": bottom }),
    );
  }

  /**
   * A figure is a line; a range a band between two; an open end fades away from a dashed edge.
   * @param {Scale} scale @param {Step} step @returns {SVGElement[]}
   */
  #step(scale, [first, last, low, high]) {
    const [x1, x2] = [scale.x(first), scale.x(last + 1)];
    const edge = (/** @type {number} */ figure, /** @type {string} */ kind) =>
      svg("line", { class: `edge ${kind}`, x1, x2, y1: this.#y(figure), y2: this.#y(figure) });
    const area = (/** @type {number} */ top, /** @type {number} */ bottom, /** @type {Attributes} */ fill) =>
      svg("rect", { ...fill, x: x1, width: x2 - x1, y: top, height: bottom - top });
    if (low === null) {
      const most = high ?? 0; // of a range one end is known
      return [area(this.#y(most), this.#y(0), { fill: `url(#${this.id}-down)` }), edge(most, "open")];
    }
    if (high === null) return [area(0, this.#y(low), { fill: `url(#${this.id}-up)` }), edge(low, "open")];
    if (low === high) return [edge(low, "exact")];
    return [area(this.#y(high), this.#y(low), { class: "range" }), edge(low, "bound"), edge(high, "bound")];
  }

  /**
   * As wide as the days it may mean, as high as its range; null where it lies beyond the time on view.
   * @param {Scale} scale @param {Report} report @param {number} number @returns {SVGGElement | null}
   */
  #report(scale, report, number) {
    const { days, range, measure } = report;
    if (days[1] < scale.from || days[0] >= scale.to) return null;
    const [low, high] = [range[0] ?? range[1] ?? 0, range[1] ?? range[0] ?? 0];
    const [from, to] = [scale.inside(days[0]), scale.inside(days[1] + 1)];
    const width = Math.max(MARK, to - from);
    const [x, y] = [(from + to) / 2 - width / 2, this.#y(high) - MARK / 2];
    const height = this.#y(low) - this.#y(high) + MARK;
    const open = range.includes(null);
    const mark =
      measure === "plan"
        ? svg("path", {
            class: "point",
            d: `M${x - 1} ${y + height / 2}L${x + width / 2} ${y - 1}L${x + width + 1} ${y + height / 2}L${x + width / 2} ${y + height + 1}Z`,
          })
        : svg("rect", { class: "point", x, y, width, height, rx: MARK / 2 });
    const [middle, tip] = [x + width / 2, range[0] === null ? y + height + 8 : y - 8];
    const back = range[0] === null ? -4 : 4;
    const arrow = svg("path", {
      class: "arrow",
      d: `M${middle - 4} ${tip + back}L${middle} ${tip}L${middle + 4} ${tip + back}`,
    });
    const [wide, high_] = [Math.max(TARGET, width), Math.max(TARGET, height)];
    const target = svg("rect", {
      class: "target",
      x: middle - wide / 2,
      y: y + height / 2 - high_ / 2,
      width: wide,
      height: high_,
    });
    const group = svg(
      "g",
      {
        class: `report ${measure}${open ? " open" : ""}`,
        role: "button",
        tabindex: -1,
        "aria-label": `${report.figure}, ${report.when}; ${report.by}`,
      },
      ...(open ? [arrow] : []),
      mark,
      target,
    );
    const tell = () => this.tip.show(report, group);
    group.addEventListener("pointerenter", tell);
    group.addEventListener("pointerleave", () => this.tip.hide());
    group.addEventListener("focus", () => {
      this.#rove(number, false);
      tell();
    });
    group.addEventListener("blur", () => this.tip.hide());
    group.addEventListener("click", () => this.pressed(number));
    return group;
  }

  /**
   * One report of a chart is in the order of the tab key; the arrows go to the others.
   * @param {number} number @param {boolean} focus
   */
  #rove(number, focus) {
    this.current = this.marks[number] ? number : this.marks.findLastIndex(Boolean);
    this.marks.forEach((mark, at) => mark?.setAttribute("tabindex", at === this.current ? "0" : "-1"));
    if (focus) this.marks[this.current]?.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape" && !this.tip.element.hidden) {
      event.preventDefault(); // it means no more than this
      this.tip.hide();
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.pressed(this.current);
    }
    const way = WAYS[event.key];
    if (!way) return;
    event.preventDefault();
    let at = this.current + way;
    while (at >= 0 && at < this.marks.length && !this.marks[at]) at += way;
    if (this.marks[at]) this.#rove(at, true);
  }

  /** Shade the window between two places. @param {number} left @param {number} right pixels */
  place(left, right) {
    this.shade.setAttribute("x", String(left));
    this.shade.setAttribute("width", String(Math.max(1, right - left)));
  }
}

/** What a report says, beside its mark. */
export class Tip {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.element = el("div", { class: "tip", role: "status" });
    this.element.hidden = true;
    root.append(this.element);
  }

  /** @param {Report} report @param {Element} mark */
  show({ figure, when, by }, mark) {
    const lines = [el("strong", {}, figure), el("span", {}, when), el("span", { class: "quiet" }, by)];
    this.element.replaceChildren(...lines);
    this.element.hidden = false;
    const [around, at] = [this.root.getBoundingClientRect(), mark.getBoundingClientRect()];
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const left = within(at.left + at.width / 2 - width / 2 - around.left, 0, Math.max(0, around.width - width));
    const above = at.top - around.top - height - 2;
    const top = at.top - height - 2 < 60 ? at.bottom - around.top + 2 : above;
    this.element.style.transform = `translate(${left}px, ${top}px)`;
  }

  hide() {
    this.element.hidden = true;
  }
}
