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
    /** Marks the bin that is told, on the track. */
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

  /** Tell what lies under the pointer: a lane's marks, or else a bin's incidents. */
  point(x, y) {
    const { timeline } = this;
    if (!timeline.painted || timeline.held || timeline.player.playing) return;
    this.at = [x, y];
    const { changes, moves, edges } = timeline.painted;
    const near = (boxes) => boxes.filter((box) => box.x - 2 <= x && x <= box.right + 2);
    // What is known to the day before what may have been any day of a year.
    const byWidth = (a, b) => a.right - a.x - (b.right - b.x);
    const told =
      y < SITES.top + SITES.height + 2
        ? near(changes)
            .sort(byWidth)
            .map(({ change }) => this.#changeTold(change))
        : y < MOVES.top + MOVES.height + 1
          ? near(moves)
              .sort(byWidth)
              .map(({ number }) => this.#moveTold(number))
          : [];
    if (told.length) return this.#pointLane(x, told);
    const day = timeline.scale.day(x);
    const bin = edges.findIndex((edge, i) => edge <= day && day < edges[i + 1]);
    if (bin < 0) return this.leave();
    const key = `bin ${bin}`;
    if (this.pointed === key) return undefined;
    this.pointed = key;
    const [left, right] = [Math.round(timeline.scale.x(edges[bin])), Math.round(timeline.scale.x(edges[bin + 1]))];
    this.mark.hidden = false;
    this.mark.style.transform = `translateX(${left}px)`;
    this.mark.style.width = `${right - left - 1}px`;
    this.#showTip((left + right) / 2, this.#binTold(bin));
    return this.#addTitles(key, edges[bin], edges[bin + 1] - 1);
  }

  #pointLane(x, told) {
    const rest = told.length > 4 ? [el("span", { class: "quiet" }, `and ${told.length - 4} more`)] : [];
    this.mark.hidden = true;
    this.pointed = "lane";
    return this.#showTip(x, [...told.slice(0, 4), ...rest]);
  }

  #changeTold({ kind, site, first, last, force, previous, reported }) {
    const name = (number) => this.data.forces[number]?.name ?? "";
    const said = reported ? "reported: " : "";
    const what = {
      opened: `${said}${name(force)} came`,
      vacated: `${said}${name(force)} left`,
      "handed-over": `${name(previous)} → ${name(force)}`,
    }[kind];
    return this.#line(this.data.sites.name[site], `${what} · ${span(first, last, first, last)}`);
  }

  #moveTold(i) {
    const rows = this.data.movements;
    const when = span(rows.start_first[i], rows.start_last[i], rows.end_first[i], rows.end_last[i]);
    return this.#line(rows.title?.[i] ?? "Movement", `${when} · ${rows.moved[i]}`);
  }

  #line(title, quiet) {
    return el("div", { class: "line" }, el("strong", {}, title), el("span", { class: "quiet" }, quiet));
  }

  /** What a bin counts: in all, and by kind. */
  #binTold(bin) {
    const { counts, edges } = this.timeline.painted;
    const kinds = this.data.kinds.length;
    const of = (numbers) => numbers.subarray(bin * kinds, (bin + 1) * kinds);
    const [certain, possible] = [of(counts.certain), of(counts.possible)];
    const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
    const list = el("ul");
    this.data.kinds.forEach((kind, k) => {
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

  /** Name the foremost incidents of a bin, as soon as their titles are there. */
  async #addTitles(key, first, last) {
    const numbers = this.timeline.histogram.top(first, last, TITLES);
    if (!numbers.length) return;
    const titles = await this.timeline.app.titles(numbers).catch(() => []); // the counts are told without them
    if (this.pointed !== key || !titles.length) return;
    this.tip.append(el("ol", {}, ...titles.map((title) => el("li", {}, title))));
    this.#putTip();
  }

  #showTip(x, children) {
    this.tip.replaceChildren(...children);
    this.tip.hidden = false;
    this.tip.x = x;
    this.#putTip();
  }

  /** Above the track, so that it hides nothing of it, and within the frame. */
  #putTip() {
    const { left, top } = this.timeline.track.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.tip;
    const x = Math.min(Math.max(left + this.tip.x - width / 2, 8), innerWidth - width - 8);
    this.tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(Math.max(4, top - height - 6))}px)`;
  }
}

/** "3", "2 certain, 1 possible", "1 possible" */
function sureness(certain, possible) {
  if (certain === possible) return certain.toLocaleString("en-GB");
  const open = `${(possible - certain).toLocaleString("en-GB")} possible`;
  return certain ? `${certain.toLocaleString("en-GB")} certain, ${open}` : open;
}

/** The days of a bin: "9 – 15 Feb 2026", "Feb 2026", "Jan – Mar 2026", "2026". */
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
