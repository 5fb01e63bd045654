/** What lies under the pointer on the timeline, in words: a bin's incidents, a movement, a change of a site. */

import { count, el } from "../controls/dom.js";
import { monthName, partial, parts, short, span } from "../time/days.js";
import { MOVES, SITES } from "./paint.js";

const TITLES = 3;

export class Tooltip {
  /** @param {import("./timeline.js").Timeline} timeline */
  constructor(timeline) {
    this.timeline = timeline;
    this.data = timeline.data;
    /** @type {[number, number] | null} where the pointer is, while something is shown */
    this.at = null;
    /** @type {string | null} what is shown */
    this.pointed = null;
    this.middle = 0;
    /** Marks the bin that is shown, on the track. */
    this.mark = el("div", { class: "bin", hidden: true });
    this.tip = el("div", { class: "timeline-tip", role: "tooltip", hidden: true });
  }

  /** Tell nothing. */
  leave() {
    this.tip.hidden = this.mark.hidden = true;
    this.pointed = this.at = null;
  }

  /** Tell what lies there now, where the track was drawn anew under the pointer, as by an answer. */
  again() {
    const { at } = this;
    this.leave();
    if (at) this.point(...at);
  }

  /**
   * Tell what lies under the pointer: a lane's marks, or else a bin's incidents.
   * @param {number} x @param {number} y
   */
  point(x, y) {
    const { timeline } = this;
    const { painted, scale } = timeline.track;
    if (!painted || timeline.held || timeline.player.playing) return;
    this.at = [x, y];
    const { ticks, moves, edges } = painted;
    let lines = /** @type {HTMLElement[]} */ ([]);
    if (y < SITES.top + SITES.height + 2) lines = near(ticks, x).map(({ tick }) => this.#tickLine(tick));
    else if (y < MOVES.top + MOVES.height + 1) lines = near(moves, x).map(({ number }) => this.#moveLine(number));
    if (lines.length) {
      this.#pointLane(x, lines);
      return;
    }
    const day = scale.day(x);
    const bin = edges.findIndex((edge, i) => edge <= day && day < edges[i + 1]);
    const key = `bin ${bin}`;
    if (bin < 0) this.leave();
    if (bin < 0 || this.pointed === key) return;
    this.pointed = key;
    const [left, right] = [Math.round(scale.x(edges[bin])), Math.round(scale.x(edges[bin + 1]))];
    this.mark.hidden = false;
    this.mark.style.transform = `translateX(${left}px)`;
    this.mark.style.width = `${right - left - 1}px`;
    this.#showTip((left + right) / 2, this.#binLines(bin, painted));
    this.#addTitles(key, edges[bin], edges[bin + 1] - 1);
  }

  /** @param {number} x @param {HTMLElement[]} lines */
  #pointLane(x, lines) {
    const rest = lines.length > 4 ? [el("span", { class: "quiet" }, `and ${lines.length - 4} more`)] : [];
    this.mark.hidden = true;
    this.pointed = "lane";
    this.#showTip(x, [...lines.slice(0, 4), ...rest]);
  }

  /** @param {import("../data/changes.js").Tick} tick */
  #tickLine({ kind, site, first, last, force, previous, reported }) {
    const name = (/** @type {number} */ number) => this.data.forces[number]?.name ?? "";
    const said = reported ? "reported: " : "";
    const what = {
      opened: `${said}${name(force)} came`,
      vacated: `${said}${name(force)} left`,
      "handed-over": `${name(previous)} → ${name(force)}`,
    }[kind];
    return this.#line(this.data.sites.name[site], `${what} · ${span(first, last, first, last)}`);
  }

  /** @param {number} i a movement's number */
  #moveLine(i) {
    const rows = this.data.movements;
    const when = span(rows.start_first[i], rows.start_last[i], rows.end_first[i], rows.end_last[i]);
    return this.#line(rows.title?.[i] ?? "Movement", `${when} · ${rows.moved[i]}`);
  }

  /** @param {string} title @param {string} quiet */
  #line(title, quiet) {
    return el("div", { class: "line" }, el("strong", {}, title), el("span", { class: "quiet" }, quiet));
  }

  /** What a bin counts: in all, and by kind. @param {number} bin @param {import("./track.js").Painted} painted */
  #binLines(bin, { counts, edges }) {
    const kinds = this.data.kinds.length;
    const of = (/** @type {Uint32Array} */ numbers) => numbers.subarray(bin * kinds, (bin + 1) * kinds);
    const [certain, possible] = [of(counts.certain), of(counts.possible)];
    const sum = (/** @type {Uint32Array} */ numbers) => numbers.reduce((a, b) => a + b, 0);
    const list = el("ul");
    this.data.kinds.forEach((/** @type {{shape: string, label: string}} */ kind, /** @type {number} */ k) => {
      if (!possible[k]) return;
      const symbol = el("i", { class: "symbol" });
      symbol.style.background = this.timeline.kindColours[k];
      symbol.style.clipPath = `path(evenodd, "${this.data.shapes[kind.shape]}")`;
      list.append(el("li", {}, symbol, el("span", {}, kind.label), el("b", {}, sureness(certain[k], possible[k]))));
    });
    const total = sum(possible);
    const [first, last] = [edges[bin], edges[bin + 1] - 1];
    const head = total
      ? `${count(total, "incident")}${sum(certain) < total ? `: ${sureness(sum(certain), total)}` : ""}`
      : "No incidents";
    return [this.#line(stretchName(first, last), head), ...(total ? [list] : [])];
  }

  /**
   * Name the foremost incidents of a bin, as soon as their titles are there.
   * @param {string} key @param {number} first @param {number} last
   */
  async #addTitles(key, first, last) {
    const numbers = this.timeline.histogram.top(first, last, TITLES);
    if (!numbers.length) return;
    const titles = await this.timeline.app.titles(numbers).catch(() => []); // the counts are shown without them
    if (this.pointed !== key || !titles.length) return;
    this.tip.append(el("ol", {}, ...titles.map((title) => el("li", {}, title))));
    this.#putTip();
  }

  /** @param {number} x @param {HTMLElement[]} children */
  #showTip(x, children) {
    this.tip.replaceChildren(...children);
    this.tip.hidden = false;
    this.middle = x;
    this.#putTip();
  }

  /** Above the track, so that it hides nothing of it, and within the frame. */
  #putTip() {
    const { left, top } = this.timeline.track.element.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.tip;
    const x = Math.min(Math.max(left + this.middle - width / 2, 8), innerWidth - width - 8);
    this.tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(Math.max(4, top - height - 6))}px)`;
  }
}

/**
 * The boxes that lie under a pointer: what is known to the day before what may have been any day of a year.
 * @template {{x: number, right: number}} Box @param {Box[]} boxes @param {number} x
 */
function near(boxes, x) {
  return boxes.filter((box) => box.x - 2 <= x && x <= box.right + 2).sort((a, b) => a.right - a.x - (b.right - b.x));
}

/** "3", "2 certain, 1 possible", "1 possible" @param {number} certain @param {number} possible */
function sureness(certain, possible) {
  if (certain === possible) return certain.toLocaleString("en-GB");
  const open = `${(possible - certain).toLocaleString("en-GB")} possible`;
  return certain ? `${certain.toLocaleString("en-GB")} certain, ${open}` : open;
}

/**
 * The days of a bin: "9 – 15 Feb 2026", "Feb 2026", "Jan – Mar 2026", "2026".
 * @param {number} first @param {number} last
 */
function stretchName(first, last) {
  const [from, to] = [parts(first), parts(last)];
  if (first === last) return short(first);
  if (from.date > 1 || parts(last + 1).date > 1) {
    const begins =
      from.year < to.year ? short(first) : `${from.date}${from.month === to.month ? "" : ` ${monthName(from.month)}`}`;
    return `${begins} – ${short(last)}`;
  }
  if (to.year > from.year) return `${from.year} – ${to.year}`;
  if (from.month === to.month || (from.month === 0 && to.month === 11)) return partial(first, last);
  return `${monthName(from.month)} – ${monthName(to.month)} ${to.year}`;
}
