/**
 * Strength over time: a chart for each series, all over one stretch of time, and a brush that moves the window.
 * Steps are drawn as they are reported: nothing joins one to the next, and a gap is a gap.
 */

import { show as build, tell } from "./mount.js";
import { Chart, el, left, scaled, svg, TARGET, Tip } from "./series.js";
import { addMonths, dayNumber, iso, Scale, short, within } from "./time.js";

const RIGHT = 26; // pixels: room for a handle
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
    panel = new Panel(parentElement.querySelector(".laydown"), data, said, before);
    panels.set(parentElement, panel);
  }
  panel.take(component);
}

/** The charts and their one brush. */
class Panel {
  /** @param {Panel} [before] whose choices stay */
  constructor(root, { charts, reach }, said, before) {
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
    this.reach = reach;
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
    let drawn = 0;
    sections.forEach((section) => {
      const name = [...section.querySelectorAll("h3 strong, .about")].map((part) => part.textContent).join("\n");
      const [button, list] = [section.querySelector(".fold"), section.querySelector(".reports")];
      const fold = (open) => {
        list.hidden = !open;
        button.setAttribute("aria-expanded", open);
        this.opened[open ? "add" : "delete"](name);
      };
      fold(this.opened.has(name));
      button.addEventListener("click", () => fold(list.hidden));
      // What is only a part or a plan has no chart.
      if (!section.querySelector(".chart")) return;
      const chart = this.charts[drawn++];
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
      const handle = el("div", {
        class: which ? "handle end" : "handle start",
        role: "slider",
        tabindex: 0,
        "aria-label": label,
      });
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
    this.tell = (value) => tell(setTriggerValue, value);
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
    Object.assign(this, { start, end });
    this.following ??= requestAnimationFrame(() => {
      this.following = null;
      this.#place();
    });
  }

  /** How far the hand may move the window: the data's reach and the reports, or where a link led. */
  #ends({ start, end } = this.held ?? this) {
    return [Math.min(this.reach.first, this.extent.first, start), Math.max(this.reach.last, this.extent.last, end)];
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
    const next = within(move(), ...this.#ends());
    if (which) this.#set(this.start, Math.max(next, this.start));
    else this.#set(Math.min(next, this.end), this.end);
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
      const [least, most] = this.#ends();
      const moved = Math.round((at(event) - x) / this.scale.perDay);
      const by = within(moved, least - (part === "end" ? end : start), most - (part === "start" ? start : end));
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
    const roomy =
      this.start >= from && this.end < to && (this.whole || (to - from <= length * 12 && to - from > length * 1.2));
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
    this.scale = new Scale(this.domain, left(), this.width - RIGHT);
    for (const chart of this.charts) chart.draw(this.scale);
    this.axis.replaceChildren(
      ...this.scale.ticks().flatMap(([day, name]) => {
        const text = svg("text", { x: this.scale.x(day) + 3, y: scaled(14) });
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
