/**
 * Strength over time: a chart for each series, all over one stretch of time, and a brush that moves the window.
 * Steps are drawn as they are reported: nothing joins one to the next, and a gap is a gap.
 */

import { show as build } from "./markup.js";

const SVG = "http://www.w3.org/2000/svg";
const DAY_MS = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_LIMITS = [dayNumber("1900-01-01"), dayNumber("2100-12-31")]; // view.py's FIRST_DAY and LAST_DAY
const LEFT = 44; // pixels: room for the figures beside a chart
const RIGHT = 26; // pixels: room for a handle
const HEIGHT = 92;
const TOP = 12;
const BOTTOM = 8;
const MARK = 9; // pixels: a report's mark, at least
const TARGET = 24; // pixels: what a hand can hit
const SETTLE_MS = 250; // after the last key, the window counts as let go
/** How long the server may take to say the window it was told. */
const PATIENCE_MS = 10_000;

const sheet = new CSSStyleSheet();
const styles = await fetch(new URL("chart.css", import.meta.url));
sheet.replaceSync(styles.ok ? await styles.text() : "");

/** @type {WeakMap<Element, Panel>} */
const panels = new WeakMap();

/** Build the panel; where only the window is another, move it. */
export function show(component, nodes) {
  const { parentElement, data } = component;
  const said = JSON.stringify([nodes, data.charts]);
  const before = panels.get(parentElement);
  let panel = before;
  if (before?.said !== said || !before.isThere) {
    before?.close();
    build(component, nodes);
    const shadow = parentElement.getRootNode();
    if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
    panel = new Panel(parentElement.querySelector(".laydown"), data.charts, said, before);
    panels.set(parentElement, panel);
  }
  panel.take(component);
}

// Days and elements

function dayNumber(text) {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / DAY_MS);
}

function iso(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function dayOf(year, month, date = 1) {
  return Math.floor(Date.UTC(year, month, date) / DAY_MS);
}

/** The same date some months on, or the last day of a month that is too short for it. */
function addMonths(day, months) {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  return Math.min(dayOf(year, month, date.getUTCDate()), dayOf(year, month + 1, 0));
}

function short(day) {
  const date = new Date(day * DAY_MS);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

function make(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const el = (tag, attributes = {}, ...children) => make(document.createElement(tag), attributes, children);
const svg = (tag, attributes = {}, ...children) => make(document.createElementNS(SVG, tag), attributes, children);

const within = (value, least, most) => Math.min(Math.max(value, least), most);

/** Where days lie in pixels. */
class Scale {
  constructor({ from, to }, left, right) {
    Object.assign(this, { from, to, left, right });
    this.perDay = (right - left) / (to - from);
  }

  x(day) {
    return this.left + (day - this.from) * this.perDay;
  }

  /** As x, but never off the chart. */
  inside(day) {
    return within(this.x(day), this.left, this.right);
  }

  /** The first days of months, or of years, that have room for their names: [day, name]. */
  ticks() {
    const step = [1, 2, 3, 6, 12, 24, 60, 120, 240].find((months) => months * 30.4 * this.perDay >= 40) ?? 600;
    const first = new Date(this.from * DAY_MS);
    const found = [];
    const began = first.getUTCFullYear() * 12 + first.getUTCMonth();
    for (let month = Math.ceil(began / step) * step; ; month += step) {
      const year = Math.floor(month / 12);
      const day = dayOf(year, month % 12);
      if (day >= this.to) return found;
      if (day >= this.from) found.push([day, month % 12 ? MONTHS[month % 12] : String(year)]);
    }
  }
}

/** One series: its steps, its reports as marks, and the window behind them. */
class Chart {
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
    const plot = svg("g", { "clip-path": `url(#${this.id}-plot)` }, ...steps.flatMap((step) => this.#step(scale, step)));
    this.marks = reports.map((report, number) => this.#report(scale, report, number));
    this.svg.replaceChildren(
      svg("defs", {}, svg("clipPath", { id: `${this.id}-plot` }, inside), this.#fade("up", 0, 0.3), this.#fade("down", 0.3, 0)),
      ...ticks.flatMap((figure) => [
        svg("line", { class: figure ? "rule" : "rule zero", x1: scale.left, x2: scale.right, y1: this.#y(figure), y2: this.#y(figure) }),
        this.#label(figure),
      ]),
      this.shade,
      plot,
      // What is no count lies under the counts.
      ...this.marks.filter((mark, number) => mark && reports[number].measure !== "count"),
      ...this.marks.filter((mark, number) => mark && reports[number].measure === "count"),
      ...(this.marks.some(Boolean) || steps.some(([first, last]) => first < scale.to && last >= scale.from) ? [] : [this.#none(scale)]),
    );
    this.#rove(this.current, held);
  }

  #none(scale) {
    const text = svg("text", { class: "none", x: (scale.left + scale.right) / 2, y: HEIGHT / 2 + 4, "text-anchor": "middle" });
    text.textContent = "Nothing reported near the window";
    return text;
  }

  #label(figure) {
    const text = svg("text", { x: LEFT - 6, y: this.#y(figure) + 4, "text-anchor": "end" });
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
    const edge = (figure, kind) => svg("line", { class: `edge ${kind}`, x1, x2, y1: this.#y(figure), y2: this.#y(figure) });
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
        ? svg("path", { class: "point", d: `M${x - 1} ${y + height / 2}L${x + width / 2} ${y - 1}L${x + width + 1} ${y + height / 2}L${x + width / 2} ${y + height + 1}Z` })
        : svg("rect", { class: "point", x, y, width, height, rx: MARK / 2 });
    const [middle, tip] = [x + width / 2, range[0] === null ? y + height + 8 : y - 8];
    const back = range[0] === null ? -4 : 4;
    const arrow = svg("path", { class: "arrow", d: `M${middle - 4} ${tip + back}L${middle} ${tip}L${middle + 4} ${tip + back}` });
    const [wide, high_] = [Math.max(TARGET, width), Math.max(TARGET, height)];
    const target = svg("rect", { class: "target", x: middle - wide / 2, y: y + height / 2 - high_ / 2, width: wide, height: high_ });
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
    if (event.key === "Escape") this.tip.hide();
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
class Tip {
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

/** The charts and their one brush. */
class Panel {
  /** @param {Panel} [before] whose choices stay */
  constructor(root, charts, said, before) {
    Object.assign(this, { root, said });
    this.whole = before?.whole ?? false;
    this.box = root.querySelector(".brush");
    this.listening = new AbortController();
    const tip = new Tip(root);
    const boxes = [...root.querySelectorAll(".chart")];
    this.charts = charts.map((data, at) => new Chart(boxes[at], data, tip));
    this.#folds(before);
    if (!charts.length) return;
    const days = charts.flatMap(({ reports }) => reports.flatMap((report) => report.days));
    this.extent = { first: Math.min(...days), last: Math.max(...days) };
    this.#build();
    window.addEventListener("laydown:window", ({ detail }) => this.#follow(detail), this.#listening());
    this.sizes = new ResizeObserver(() => this.#measure());
    this.sizes.observe(this.box);
  }

  #listening() {
    return { signal: this.listening.signal };
  }

  get isThere() {
    return this.root.isConnected && this.root.querySelector(".series, .brush") !== null;
  }

  close() {
    this.listening.abort();
    this.sizes?.disconnect();
    clearTimeout(this.settling);
  }

  /** Fold each list of reports behind its number; what was open stays open. */
  #folds(before) {
    this.opened = before?.opened ?? new Set();
    const sections = [...this.root.querySelectorAll(".series")];
    sections.forEach((section, at) => {
      const name = section.querySelector("strong").textContent;
      const [button, list] = [section.querySelector(".fold"), section.querySelector(".reports")];
      const fold = (open) => {
        list.hidden = !open;
        button.setAttribute("aria-expanded", open);
        this.opened[open ? "add" : "delete"](name);
      };
      fold(this.opened.has(name));
      button.addEventListener("click", () => fold(list.hidden));
      const chart = this.charts[at];
      if (!chart) return;
      // The list has the newest first, the chart the oldest.
      chart.pressed = (number) => {
        fold(true);
        const line = list.children[list.children.length - 1 - number];
        line.scrollIntoView({ block: "nearest" });
        for (const one of list.children) one.classList.toggle("told", one === line);
      };
    });
  }

  #build() {
    this.when = el("span", { class: "when" });
    this.chips = [false, true].map((whole) => {
      const chip = el("button", { type: "button", class: "chip" }, whole ? "All time" : "Near the window");
      chip.addEventListener("click", () => {
        this.whole = whole;
        this.#fit(true);
      });
      return chip;
    });
    this.axis = svg("svg", { "aria-hidden": "true" });
    this.band = el("div", { class: "band" });
    this.handles = ["Window start", "Window end"].map((label, which) => {
      const handle = el("div", { class: which ? "handle end" : "handle start", role: "slider", tabindex: 0, "aria-label": label });
      handle.addEventListener("keydown", (event) => this.#key(event, which));
      return handle;
    });
    this.track = el("div", { class: "slide" }, this.band, ...this.handles);
    this.box.append(el("div", { class: "tools" }, ...this.chips, this.when), this.track, this.axis);
    for (const element of [this.track, ...this.charts.map((chart) => chart.svg)]) this.#drags(element);
  }

  // The window

  /** What Python says; it may not yet have heard what the hand did last. */
  take({ data, setTriggerValue }) {
    this.tell = (value) => {
      // The map's frame hears it too, and need not wait for Python (map/assets/bridge.js).
      window.dispatchEvent(new CustomEvent("laydown:act", { detail: value }));
      setTriggerValue("act", value);
    };
    if (!this.box || this.held || this.settling) return;
    const said = data.window.join("/");
    if (this.awaited && this.awaited !== said && performance.now() < this.patience) return;
    this.awaited = null;
    this.#set(...data.window.map(dayNumber));
    this.#fit();
  }

  /** The timeline in the map's frame moves it. */
  #follow(detail) {
    if (!this.root.isConnected) return this.close();
    if (this.held || this.settling || !this.scale) return;
    this.awaited = null;
    this.#set(...detail.map(dayNumber));
    if (this.start < this.domain.from || this.end >= this.domain.to) this.#fit();
  }

  #set(start, end) {
    Object.assign(this, { start: within(start, ...DAY_LIMITS), end: within(end, ...DAY_LIMITS) });
    this.following ??= requestAnimationFrame(() => {
      this.following = null;
      this.#place();
    });
  }

  /** The window is let go. */
  #done() {
    clearTimeout(this.settling);
    this.settling = null;
    this.#fit();
    const value = `${iso(this.start)}/${iso(this.end)}`;
    this.awaited = value;
    this.patience = performance.now() + PATIENCE_MS;
    this.tell(["window", value]);
  }

  /** Arrows move a day, Page keys a month, Home and End to the ends of the reports or the other handle. */
  #key(event, which) {
    const day = which ? this.end : this.start;
    const moves = {
      ArrowLeft: () => day - 1,
      ArrowDown: () => day - 1,
      ArrowRight: () => day + 1,
      ArrowUp: () => day + 1,
      PageDown: () => addMonths(day, -1),
      PageUp: () => addMonths(day, 1),
      Home: () => (which ? this.start : this.extent.first),
      End: () => (which ? this.extent.last : this.end),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    if (which) this.#set(this.start, Math.max(move(), this.start));
    else this.#set(Math.min(move(), this.end), this.end);
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.#done(), SETTLE_MS);
  }

  // The hand

  #part(x, reach) {
    const [left, right] = [this.scale.x(this.start), this.scale.x(this.end + 1)];
    // Of a narrow window a third is left to be taken as a whole.
    const edge = Math.min(reach, (right - left) / 3);
    if (x > left + edge && x < right - edge) return "band";
    const [fromStart, fromEnd] = [Math.abs(x - left), Math.abs(x - right)];
    if (Math.min(fromStart, fromEnd) > reach) return "";
    return fromStart < fromEnd || (fromStart === fromEnd && x < left) ? "start" : "end";
  }

  #drags(element) {
    const on = (name, act) => element.addEventListener(name, act);
    const at = (event) => event.clientX - this.box.getBoundingClientRect().left;
    const reach = (event) => (event.pointerType === "touch" ? TARGET : TARGET / 2 + 2);
    on("pointerdown", (event) => {
      if (event.button || !event.isPrimary || event.target.closest(".report")) return;
      // A handle lies outside the edge it moves.
      const handle = this.handles.indexOf(event.target);
      const part = handle < 0 ? this.#part(at(event), reach(event)) : ["start", "end"][handle];
      if (!part) return;
      event.preventDefault();
      element.setPointerCapture(event.pointerId);
      if (part !== "band") this.handles[part === "start" ? 0 : 1].focus({ preventScroll: true });
      clearTimeout(this.settling);
      this.settling = null;
      this.held = { part, x: at(event), start: this.start, end: this.end };
    });
    on("pointermove", (event) => {
      if (!this.held) {
        element.style.cursor = { "": "", band: "grab" }[this.#part(at(event), reach(event))] ?? "ew-resize";
        return;
      }
      const { part, x, start, end } = this.held;
      const by = Math.round((at(event) - x) / this.scale.perDay);
      if (part === "band") this.#set(start + by, end + by);
      else if (part === "start") this.#set(Math.min(start + by, end), end);
      else this.#set(start, Math.max(end + by, start));
    });
    const drop = (kept) => {
      if (!this.held) return;
      const { start, end } = this.held;
      this.held = null;
      if (!kept) this.#set(start, end);
      else if (start !== this.start || end !== this.end) this.#done();
    };
    on("pointerup", () => drop(true));
    on("pointercancel", () => drop(false));
  }

  // The picture

  #measure() {
    this.width = this.box.clientWidth;
    this.#fit(true);
  }

  /** All the reports and the window, with a margin. */
  #limits() {
    const [first, last] = [Math.min(this.extent.first, this.start), Math.max(this.extent.last, this.end)];
    const margin = Math.max(7, Math.round((last - first) * 0.03));
    return { from: first - margin, to: last + 1 + margin };
  }

  /** Keep the stretch of time while the window has room in it; else choose it afresh. */
  #fit(afresh = false) {
    if (!this.width || this.start === undefined) return;
    const limits = this.#limits();
    const length = this.end - this.start + 1;
    const { from, to } = this.domain ?? { from: Infinity, to: -Infinity };
    const roomy = this.start >= from && this.end < to && (this.whole || (to - from <= length * 12 && to - from > length * 1.2));
    const near = {
      from: Math.max(limits.from, this.start - Math.max(90, Math.round(length * 3.5))),
      to: Math.min(limits.to, this.end + 1 + Math.max(14, Math.round(length * 0.5))),
    };
    const all = near.from === limits.from && near.to === limits.to;
    this.chips.forEach((chip, whole) => {
      chip.hidden = all;
      chip.setAttribute("aria-pressed", Boolean(whole) === this.whole);
    });
    if (afresh || !roomy) {
      this.domain = this.whole ? limits : near;
      this.#draw();
    }
    this.#place();
  }

  #draw() {
    this.scale = new Scale(this.domain, LEFT, this.width - RIGHT);
    for (const chart of this.charts) chart.draw(this.scale);
    this.axis.replaceChildren(
      ...this.scale.ticks().flatMap(([day, name]) => {
        const text = svg("text", { x: this.scale.x(day) + 3, y: 14 });
        text.textContent = name;
        return [svg("line", { class: "rule", x1: this.scale.x(day), x2: this.scale.x(day), y1: 0, y2: 18 }), text];
      }),
    );
  }

  /** All that happens in a frame while only the window moves. */
  #place() {
    if (!this.scale) return;
    const [left, right] = [this.scale.inside(this.start), this.scale.inside(this.end + 1)];
    for (const chart of this.charts) chart.place(left, right);
    this.band.style.transform = `translateX(${left}px)`;
    this.band.style.width = `${right - left}px`;
    this.handles.forEach((handle, which) => {
      const day = which ? this.end : this.start;
      handle.style.transform = `translateX(${which ? right : left - TARGET}px)`;
      handle.setAttribute("aria-valuemin", which ? this.start : Math.min(this.extent.first, day));
      handle.setAttribute("aria-valuemax", which ? Math.max(this.extent.last, day) : this.end);
      handle.setAttribute("aria-valuenow", day);
      handle.setAttribute("aria-valuetext", short(day));
    });
    this.when.textContent = `${short(this.start)} – ${short(this.end)}`;
  }
}
