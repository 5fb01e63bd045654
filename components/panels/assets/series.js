/** One series of reports as a picture, and what a report says beside its mark. */

import { within } from "./time.js";

const SVG = "http://www.w3.org/2000/svg";
/** Pixels as many as larger text needs: chart.css says them in rem, of 14 pixels. */
export const scaled = (pixels) =>
  (pixels * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)) / 14;
/** Room for the figures beside a chart, in pixels. */
export const left = () => scaled(44);
const HEIGHT = 92;
const TOP = 12;
const BOTTOM = 8;
const MARK = 9; // pixels: a report's mark, at least
export const TARGET = 24; // pixels: what a hand can hit

function make(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export const el = (tag, attributes = {}, ...children) => make(document.createElement(tag), attributes, children);
export const svg = (tag, attributes = {}, ...children) =>
  make(document.createElementNS(SVG, tag), attributes, children);

/** One series: its steps, its reports as marks, and the window behind them. */
export class Chart {
  static made = 0;

  constructor(box, data, tip) {
    this.data = data;
    this.tip = tip;
    this.current = data.reports.length - 1;
    this.id = `fade-${(Chart.made += 1)}`;
    box.style.setProperty("--colour", data.colour);
    this.svg = svg("svg", { role: "group", "aria-label": `${data.title}: ${data.reports.length} reports over time` });
    this.svg.addEventListener("keydown", (event) => this.#key(event));
    box.append(this.svg);
  }

  #y(figure) {
    return HEIGHT - BOTTOM - (figure / this.data.ticks.at(-1)) * (HEIGHT - TOP - BOTTOM);
  }

  draw(scale) {
    const focused = this.svg.getRootNode().activeElement?.closest?.(".report");
    const held = focused && this.svg.contains(focused);
    const { ticks, steps, reports } = this.data;
    this.shade = svg("rect", { class: "window", y: 0, height: HEIGHT - BOTTOM });
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
      ...this.marks.filter((mark, number) => mark && reports[number].measure !== "count"),
      ...this.marks.filter((mark, number) => mark && reports[number].measure === "count"),
      ...(this.marks.some(Boolean) || steps.some(([first, last]) => first < scale.to && last >= scale.from)
        ? []
        : [this.#none(scale)]),
    );
    this.#rove(this.current, held);
  }

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

  #label(figure) {
    const text = svg("text", { x: left() - 6, y: this.#y(figure) + scaled(4), "text-anchor": "end" });
    text.textContent = figure.toLocaleString("en-GB");
    return text;
  }

  #fade(way, top, bottom) {
    return svg(
      "linearGradient",
      { id: `${this.id}-${way}`, x1: 0, x2: 0, y1: 0, y2: 1 },
      svg("stop", { offset: 0, "stop-opacity": top }),
      svg("stop", { offset: 1, "stop-opacity": bottom }),
    );
  }

  /** A figure is a line; a range a band between two; an open end fades away from a dashed edge. */
  #step(scale, [first, last, low, high]) {
    const [x1, x2] = [scale.x(first), scale.x(last + 1)];
    const edge = (figure, kind) =>
      svg("line", { class: `edge ${kind}`, x1, x2, y1: this.#y(figure), y2: this.#y(figure) });
    const area = (top, bottom, fill) => svg("rect", { ...fill, x: x1, width: x2 - x1, y: top, height: bottom - top });
    if (low === null) return [area(this.#y(high), this.#y(0), { fill: `url(#${this.id}-down)` }), edge(high, "open")];
    if (high === null) return [area(0, this.#y(low), { fill: `url(#${this.id}-up)` }), edge(low, "open")];
    if (low === high) return [edge(low, "exact")];
    return [area(this.#y(high), this.#y(low), { class: "range" }), edge(low, "bound"), edge(high, "bound")];
  }

  /** As wide as the days it may mean, as high as its range; null where it lies beyond the time on view. */
  #report(scale, report, number) {
    const { days, range, measure } = report;
    if (days[1] < scale.from || days[0] >= scale.to) return null;
    const [low, high] = [range[0] ?? range[1], range[1] ?? range[0]];
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
        "aria-label": `${report.figure}, ${report.told}; ${report.by}`,
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
    group.addEventListener("click", () => this.pressed?.(number));
    return group;
  }

  /** One report of a chart is in the order of the tab key; the arrows go to the others. */
  #rove(number, focus) {
    if (!this.marks[number]) number = this.marks.findLastIndex(Boolean);
    this.current = number;
    this.marks.forEach((mark, at) => mark?.setAttribute("tabindex", at === number ? 0 : -1));
    if (focus) this.marks[number]?.focus();
  }

  #key(event) {
    if (event.key === "Escape" && !this.tip.element.hidden) {
      event.preventDefault(); // it means no more than this
      this.tip.hide();
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.pressed?.(this.current);
    }
    const way = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!way) return;
    event.preventDefault();
    for (let at = this.current + way; at >= 0 && at < this.marks.length; at += way) {
      if (this.marks[at]) return this.#rove(at, true);
    }
  }

  /** Shade the window between two places. */
  place(left, right) {
    this.shade.setAttribute("x", left);
    this.shade.setAttribute("width", Math.max(1, right - left));
  }
}

/** What a report says, beside its mark. */
export class Tip {
  constructor(root) {
    this.root = root;
    this.element = el("div", { class: "tip", role: "status" });
    this.element.hidden = true;
    root.append(this.element);
  }

  show({ figure, told, by }, mark) {
    const lines = [el("strong", {}, figure), el("span", {}, told), el("span", { class: "quiet" }, by)];
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
