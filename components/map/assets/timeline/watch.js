/**
 * Watch it: the first window builds up by itself in some seconds, while a counter tells of the subject's sites and a line of
 * its strength. It begins when it is pressed, and ends with the window as it was: the link never hears of it.
 *
 * @typedef {[first: number, last: number, low: number | null, high: number | null, text: string, since: string]} Step
 *   the days through which a count holds
 *
 * @typedef {object} Shown what view/watch.py's watch() sends
 * @property {number} force the subject's number
 * @property {string} colour its
 * @property {number[]} sites the numbers of those that are counted
 * @property {string} counted what the counter counts
 * @property {string} people what the line is of
 * @property {Step[]} strength
 * @property {string} briefing the first one's first step, "" for none
 */

import { ask } from "../bridge.js";
import { el } from "../controls/dom.js";
import { sitesOf } from "../data/posture.js";
import { keepOff } from "../draw/labels.js";
import { short } from "../time/days.js";
import { countOn, range, stills } from "./watched.js";

const DURATION_MS = 8000;
/** A page that was in the background has not been playing. */
const LONGEST_FRAME_MS = 250;
/** The line's box, in units of its own. */
const [WIDTH, HEIGHT] = [220, 40];
const SVG = "http://www.w3.org/2000/svg";

export class Watch {
  playing = false;
  /** Whether the visitor asked for less motion. */
  calm = false;
  /** The day that is shown. */
  #day = 0;
  #before = 0;
  #passed = 0;
  #frame = 0;
  #listening = new AbortController();

  /** @param {import("./timeline.js").Timeline} timeline @param {Shown} shown */
  constructor(timeline, shown) {
    this.timeline = timeline;
    this.shown = shown;
    this.counted = new Set(shown.sites);
    this.day = el("strong", { class: "day" });
    this.numbers = el("p", { class: "numbers" });
    this.line = document.createElementNS(SVG, "svg");
    this.line.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    this.line.setAttribute("preserveAspectRatio", "xMinYMid");
    this.line.setAttribute("aria-hidden", "true");
    this.line.style.color = shown.colour;
    this.people = el("p", { class: "people" });
    this.latest = el("p", { class: "latest" });
    this.heard = el("p", { class: "heard", role: "status" });
    this.stopButton = this.#button("Stop", () => this.stop());
    this.nextButton = this.#button("Next", () => this.#next());
    this.ways = el(
      "div",
      { class: "ways" },
      this.#button("Watch again", () => this.start()),
      this.#button("Read the brief", () => this.#leave(["tab", "changes"])),
      shown.briefing ? this.#button("Follow a briefing", () => this.#leave(["step", shown.briefing])) : null,
      this.#button("Close", () => this.close()),
    );
    if (!window.Streamlit)
      this.ways.replaceChildren(...[0, this.ways.children.length - 1].map((at) => this.ways.children[at]));
    this.element = el(
      "section",
      { class: "watch", "aria-label": "Watch it", hidden: true },
      el("div", { class: "head" }, this.day, this.stopButton, this.nextButton),
      el("p", { class: "what" }, shown.counted),
      this.numbers,
      el("p", { class: "quiet" }, "certain or as far as known – possible"),
      shown.strength.length ? this.line : null,
      shown.strength.length ? this.people : null,
      this.latest,
      this.ways,
      this.heard,
    );
    L.DomEvent.disableClickPropagation(this.element);
    timeline.app.map.getContainer().append(this.element);
    keepOff(this.element, () => timeline.app.scene.redraw());
  }

  /** @param {string} text @param {() => void} act */
  #button(text, act) {
    return el("button", { type: "button", onclick: act }, text);
  }

  /** Whether the map shows what it opened with, whole or building up: then Play is Watch it. */
  get first() {
    const { home, app } = this.timeline;
    const { start, end, facets, terms, known, selected, step } = app.view;
    if (Object.keys(facets).length || terms.length || known || selected || step) return false;
    return this.playing || (start === home.start && end === home.end);
  }

  /** Begin from the first view, or end; return whether it was for this to do. */
  toggle() {
    if (this.playing) this.stop();
    else if (this.first) this.start();
    else return false;
    return true;
  }

  /** Play the first window from its first day. */
  start() {
    const { start } = this.timeline.home;
    this.playing = true;
    this.#passed = 0;
    this.element.hidden = false;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.ways.hidden = true;
    this.stopButton.hidden = false;
    this.nextButton.hidden = !this.calm;
    this.timeline.showPlayer();
    (this.calm ? this.nextButton : this.stopButton).focus({ preventScroll: true });
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const own = [this.element, this.timeline.toolbar.playButton];
    const pressed = (/** @type {Event} */ { target }) => {
      // What was pressed means what it always does; the window is first as it was.
      if (!own.some((element) => element.contains(/** @type {Node} */ (target)))) this.stop();
    };
    addEventListener("pointerdown", pressed, { signal, capture: true });
    const ended = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // it means no more than this
      this.stop();
    };
    addEventListener("keydown", ended, { signal, capture: true });
    this.#show(start);
    this.heard.textContent = `${this.shown.counted}: ${this.#range(start)} on ${short(start)}.`;
    if (this.calm) return;
    this.#before = performance.now();
    this.#frame = requestAnimationFrame((now) => this.#play(now));
  }

  /** @param {number} now */
  #play(now) {
    this.#passed += Math.min(Math.max(now - this.#before, 0), LONGEST_FRAME_MS);
    this.#before = now;
    const { start, end } = this.timeline.home;
    const part = Math.min(1, this.#passed / DURATION_MS);
    const day = start + Math.round(part * (end - start));
    if (part === 1) return this.stop();
    if (day !== this.#day) this.#show(day);
    this.#frame = requestAnimationFrame((then) => this.#play(then));
    return undefined;
  }

  /** The next of the stills; after the last it is over. */
  #next() {
    const { home } = this.timeline;
    const next = stills(home).find((day) => day > this.#day);
    if (next === undefined || next === home.end) return this.stop();
    this.#show(next);
    this.heard.textContent = `${this.shown.counted}: ${this.#range(next)} on ${short(next)}.`;
    return undefined;
  }

  /** End it, with the whole window and the ways on. */
  stop() {
    if (!this.playing) return;
    const { start, end } = this.timeline.home;
    const held = this.element.contains(document.activeElement);
    this.#halt();
    this.#show(end);
    this.timeline.app.setWindow(start, end, true);
    this.stopButton.hidden = this.nextButton.hidden = true;
    this.ways.hidden = false;
    if (held) /** @type {HTMLElement} */ (this.ways.firstElementChild).focus({ preventScroll: true });
    this.heard.textContent = `${this.shown.counted}: ${this.#range(start)} on ${short(start)}, ${this.#range(end)} on ${short(end)}.`;
  }

  #halt() {
    this.playing = false;
    cancelAnimationFrame(this.#frame);
    this.#listening.abort();
    this.timeline.showPlayer();
  }

  /** Something else is on view: it is over, and what it told is gone. */
  close() {
    if (this.element.hidden) return;
    const held = this.element.contains(document.activeElement);
    if (this.playing) this.#halt();
    this.element.hidden = true;
    if (held) this.timeline.toolbar.playButton.focus({ preventScroll: true });
  }

  /** Go on to what the page around has to read. @param {string[]} act */
  #leave(act) {
    this.close();
    ask(act);
  }

  /** @param {number} day */
  #range(day) {
    const { sure, possible } = sitesOf(this.timeline.app.data, this.shown.force, day, this.counted);
    return range({ sure: sure.size, possible: possible.size });
  }

  /** Show the window up to a day, and what is told of it. @param {number} day */
  #show(day) {
    const { timeline, shown } = this;
    const { start } = timeline.home;
    this.#day = day;
    if (this.playing) timeline.app.setWindow(start, day, false);
    this.day.textContent = short(day);
    const [then, now] = [this.#range(start), this.#range(day)];
    this.numbers.replaceChildren(el("span", {}, then), " → ", el("strong", {}, now));
    const count = countOn(shown.strength, day);
    this.people.textContent = count
      ? `${shown.people}: ${count[4]}, ${day > count[1] ? "last counted" : "counted"} ${count[5]}`
      : `${shown.people}: no count`;
    this.#draw(day);
    this.latest.textContent = this.#happened(day);
  }

  /** The subject's newest coming or going by a day, in words; "" for none within the window. @param {number} day */
  #happened(day) {
    const { data } = this.timeline.app;
    const { start } = this.timeline.home;
    const { force } = this.shown;
    const tick = data.ticks.findLast(
      ({ force: one, previous, first, last, reported }) =>
        !reported && first >= start && last <= day && (one === force || previous === force),
    );
    if (!tick) return "";
    const name = (/** @type {number} */ number) => data.forces[number]?.name ?? "";
    const left = tick.kind === "vacated";
    const state = { opened: "held", vacated: "vacated", "handed-over": "handed-over" }[tick.kind];
    const text = data.words.states[state]
      .replace("{previous}", name(left ? tick.force : tick.previous))
      .replace("{force}", name(tick.force));
    const when = tick.first === tick.last ? short(tick.last) : `By ${short(tick.last)}`;
    return `${when}: ${data.sites.name[tick.site]}, ${text}`;
  }

  /** The counts by a day: a dot at each, and a dashed band for as long as it is the last one known. @param {number} day */
  #draw(day) {
    const { start, end } = this.timeline.home;
    const { strength } = this.shown;
    const within = strength.filter(([first, last]) => last >= start && first <= end);
    const top = Math.max(1, ...within.map(([, , low, high]) => high ?? (low ?? 0) * 1.25));
    const x = (/** @type {number} */ at) => ((Math.max(at, start) - start) / (end - start)) * WIDTH;
    const y = (/** @type {number} */ number) => HEIGHT - 3 - (number / top) * (HEIGHT - 8);
    const shapes = [shape("line", { x1: 0, x2: WIDTH, y1: HEIGHT - 1, y2: HEIGHT - 1, class: "base" })];
    strength.forEach(([first, , low, high], at) => {
      const until = Math.min(day, strength[at + 1]?.[0] ?? day);
      if (first > day || until < start) return;
      const [upper, lower] = [y(high ?? (low ?? 0) * 1.25), y(low ?? 0)];
      const [from, to, middle] = [x(first), x(until), (upper + lower) / 2];
      const band = { x: from, width: to - from, y: upper, height: lower - upper, class: "band" };
      if (lower > upper) shapes.push(shape("rect", band));
      shapes.push(shape("line", { x1: from, x2: to, y1: middle, y2: middle, class: "carried" }));
      if (first >= start) shapes.push(shape("circle", { cx: from, cy: middle, r: 3, class: "count" }));
    });
    this.line.replaceChildren(...shapes);
  }
}

/** @param {string} tag @param {Record<string, string | number>} attributes */
function shape(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
