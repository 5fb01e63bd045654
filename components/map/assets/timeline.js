/**
 * The window as a slider over a histogram of incidents: two handles, a band between them that moves both,
 * presets, and the time it spans. While it is dragged the map follows; when it is let go Python is told.
 */

import { addMonths, dayNumber, dayOf, iso, monthName, parts, short } from "./days.js";
import { count, el } from "./dom.js";
import { legible } from "./palette.js";

const PRESETS = [["30 days", 30], ["90 days", 90], ["1 year", 365]];
const BAR = 7; // pixels: the width a bin of the histogram should have at least
const PAD = 14; // pixels: room for half a handle at either end
const AXIS = 18;
const SETTLE_MS = 250; // after the last key, the window counts as let go
const DAY_LIMITS = [dayNumber("1900-01-01"), dayNumber("2100-12-31")]; // view.py's FIRST_DAY and LAST_DAY

/** The first days of bins no shorter than `least` days that cover [first, last], and of the one after. */
function binEdges(first, last, least) {
  const edges = [];
  if (least <= 7) {
    const step = least <= 1 ? 1 : 7;
    // Weeks begin on Monday; day 4 was one.
    const start = step === 1 ? first : first - (((first - 4) % 7) + 7) % 7;
    for (let day = start; day <= last + step; day += step) edges.push(day);
  } else {
    const months = [1, 3, 12, 60, 120].find((n) => n * 28 >= least) ?? 120;
    const { year, month } = parts(first);
    for (let m = Math.floor((year * 12 + month) / months) * months; ; m += months) {
      edges.push(dayOf(Math.floor(m / 12), m % 12));
      if (edges.at(-1) > last) break;
    }
  }
  return edges;
}

export class Timeline {
  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    this.data = app.data;
    this.extent = app.extent;
    this.#build();
    new ResizeObserver(() => this.draw()).observe(this.track);
  }

  #build() {
    const button = (text, act, label) => el("button", { type: "button", onclick: act, "aria-label": label ?? null }, text);
    this.told = el("output", { class: "told" });
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.handles = ["Window start", "Window end"].map((label, which) =>
      el("div", {
        class: "handle",
        role: "slider",
        tabindex: "0",
        "aria-label": label,
        onkeydown: (event) => this.#key(event, which),
      }),
    );
    this.band = el("div", { class: "band" });
    this.track = el("div", { class: "track" }, this.canvas, this.band, ...this.handles);
    this.element = el(
      "section",
      { class: "timeline", "aria-label": "Timeline" },
      el(
        "div",
        { class: "timeline-bar" },
        this.told,
        el(
          "div",
          { class: "presets", role: "group", "aria-label": "Length of the window" },
          ...PRESETS.map(([text, days]) => button(text, () => this.#preset(days))),
          button("All", () => this.#set(this.extent.first, this.extent.last, true)),
          button("−", () => this.#zoom(2), "Show more time"),
          button("+", () => this.#zoom(0.5), "Show less time"),
        ),
      ),
      this.track,
    );
    this.track.addEventListener("pointerdown", (event) => this.#grab(event));
  }

  /** Called whenever the window, the filters or the theme have changed. */
  show() {
    const { window, filter, palette, selection } = this.app;
    const { start, end } = window;
    const moved = start !== this.start || end !== this.end;
    Object.assign(this, { start, end, passing: filter.incidents, palette });
    if (!this.dragging && (moved || !this.domain)) this.#fit();
    this.told.replaceChildren(
      el("strong", {}, `${short(start)} – ${short(end)}`),
      el("span", {}, count(selection.incidents.count, "incident")),
      el("span", {}, count(selection.movements.numbers.length, "movement")),
    );
    this.draw();
  }

  /** Widen the time on the track until the window has room in it; show it afresh when it is far off. */
  #fit() {
    const length = this.end - this.start + 1;
    const room = Math.max(14, Math.round(length * 0.5));
    const { first, last } = this.domain ?? { first: this.end, last: this.start };
    const width = last - first;
    if (this.start < first || this.end > last || width > length * 12) {
      // No more empty time than a margin beyond the data and the window.
      const margin = Math.max(7, Math.round((this.extent.last - this.extent.first) * 0.02));
      const least = Math.min(this.extent.first, this.start) - margin;
      const most = Math.max(this.extent.last, this.end) + margin;
      this.domain = { first: Math.max(this.start - room, least), last: Math.min(this.end + Math.round(room / 3), most) };
    }
  }

  #zoom(factor) {
    const middle = (this.domain.first + this.domain.last) / 2;
    const half = ((this.domain.last - this.domain.first) / 2) * factor;
    const limit = (this.extent.last - this.extent.first) * 0.75 + 365;
    const room = Math.min(Math.max(half, (this.end - this.start) / 2 + 2, 7), limit);
    this.domain = { first: Math.round(middle - room), last: Math.round(middle + room) };
    this.draw();
  }

  #preset(days) {
    this.#set(this.end - days + 1, this.end, true);
  }

  #set(start, end, done) {
    const clamp = (day) => Math.min(Math.max(Math.round(day), DAY_LIMITS[0]), DAY_LIMITS[1]);
    this.app.setWindow(clamp(start), clamp(Math.max(start, end)), done);
  }

  #x(day) {
    const { first, last } = this.domain;
    return PAD + ((day - first) / (last + 1 - first)) * (this.width - 2 * PAD);
  }

  #day(x) {
    const { first, last } = this.domain;
    return first + ((x - PAD) / (this.width - 2 * PAD)) * (last + 1 - first);
  }

  #grab(event) {
    if (event.button) return;
    const at = event.clientX - this.track.getBoundingClientRect().left;
    const [left, right] = [this.#x(this.start), this.#x(this.end + 1)];
    const near = Math.abs(at - left) <= Math.abs(at - right) ? 0 : 1;
    const inside = at > left + 10 && at < right - 10;
    const which = inside ? 2 : near;
    const held = { start: this.start, end: this.end, day: this.#day(at) };
    this.dragging = true;
    this.track.setPointerCapture(event.pointerId);
    if (which < 2) this.handles[which].focus({ preventScroll: true });
    const drag = (move, done) => {
      const x = move.clientX - this.track.getBoundingClientRect().left;
      const day = this.#day(x);
      if (which === 2) {
        const by = Math.round(day - held.day);
        this.#set(held.start + by, held.end + by, done);
      } else if (which === 0) this.#set(Math.min(Math.round(day), this.end), this.end, done);
      // The right handle stands after its day: a window of one day is one day wide.
      else this.#set(this.start, Math.max(Math.round(day) - 1, this.start), done);
    };
    const move = (moved) => drag(moved, false);
    const drop = (dropped) => {
      this.track.removeEventListener("pointermove", move);
      this.track.removeEventListener("pointerup", drop);
      this.track.removeEventListener("pointercancel", drop);
      this.dragging = false;
      if (dropped.type === "pointerup") drag(dropped, true);
      else this.#set(this.start, this.end, true);
    };
    this.track.addEventListener("pointermove", move);
    this.track.addEventListener("pointerup", drop);
    this.track.addEventListener("pointercancel", drop);
  }

  /** Arrows move a day, Page keys a month, Home and End to the ends of the data or the other handle. */
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
    const next = move();
    if (which) this.#set(this.start, Math.max(next, this.start), false);
    else this.#set(Math.min(next, this.end), this.end, false);
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.#set(this.start, this.end, true), SETTLE_MS);
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.track;
    if (!width || !this.domain) return;
    this.width = width;
    const { canvas, palette } = this;
    const ratio = devicePixelRatio;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#drawBars(context, height - AXIS);
    this.#drawAxis(context, width, height);
    context.fillStyle = palette.border;
    context.fillRect(0, height - AXIS, width, 1);

    const [left, right] = [this.#x(this.start), this.#x(this.end + 1)];
    this.band.style.transform = `translateX(${left}px)`;
    this.band.style.width = `${right - left}px`;
    this.#place(this.handles[0], left, this.start, this.extent.first, this.end);
    this.#place(this.handles[1], right, this.end, this.start, this.extent.last);
  }

  #place(handle, x, day, least, most) {
    handle.style.transform = `translateX(${x}px)`;
    handle.setAttribute("aria-valuemin", Math.min(least, day));
    handle.setAttribute("aria-valuemax", Math.max(most, day));
    handle.setAttribute("aria-valuenow", day);
    handle.setAttribute("aria-valuetext", iso(day));
  }

  /** Stack the incidents that pass the filters by kind; each counts in every bin it may fall in. */
  #drawBars(context, height) {
    const { data, domain, palette } = this;
    const rows = data.incidents;
    const perPixel = (domain.last - domain.first + 1) / Math.max(1, this.width - 2 * PAD);
    const edges = binEdges(domain.first, domain.last, BAR * perPixel);
    const bins = edges.length - 1;
    const kinds = data.kinds.length;
    const counts = new Uint32Array(bins * kinds);
    const binOf = (day) => {
      let [low, high] = [0, bins];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (edges[middle + 1] <= day) low = middle + 1;
        else high = middle;
      }
      return low;
    };
    for (let i = 0; i < rows.length; i++) {
      if (!this.passing[i] || rows.end_last[i] < edges[0] || rows.start_first[i] >= edges[bins]) continue;
      const last = Math.min(bins - 1, binOf(rows.end_last[i]));
      for (let bin = binOf(Math.max(rows.start_first[i], edges[0])); bin <= last; bin++) {
        counts[bin * kinds + rows.kind[i]]++;
      }
    }
    let most = 1;
    for (let bin = 0; bin < bins; bin++) {
      let total = 0;
      for (let kind = 0; kind < kinds; kind++) total += counts[bin * kinds + kind];
      most = Math.max(most, total);
    }
    const unit = Math.min(8, (height - 6) / most);
    const colours = data.kinds.map((kind) => legible(kind.colour, palette.land));
    for (let bin = 0; bin < bins; bin++) {
      const [x, next] = [this.#x(edges[bin]), this.#x(edges[bin + 1])];
      const inside = edges[bin] <= this.end && edges[bin + 1] > this.start;
      context.globalAlpha = inside ? 1 : 0.35;
      let y = height;
      for (let kind = 0; kind < kinds; kind++) {
        const tall = counts[bin * kinds + kind] * unit;
        if (!tall) continue;
        context.fillStyle = colours[kind];
        context.fillRect(x + 0.5, y - tall, Math.max(1, next - x - 1), Math.max(0.5, tall - (unit > 3 ? 0.75 : 0)));
        y -= tall;
      }
    }
    context.globalAlpha = 1;
  }

  /** Name days, months or years below the bars, as many as there is room for. */
  #drawAxis(context, width, height) {
    const { domain, palette } = this;
    context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
    context.fillStyle = palette.label;
    context.textBaseline = "middle";
    const room = 54;
    const perPixel = (domain.last - domain.first + 1) / width;
    const months = [1, 2, 3, 6, 12, 24, 60, 120].find((n) => (n * 30.4) / perPixel >= room) ?? 240;
    const tick = (day, text) => {
      const x = Math.round(this.#x(day));
      if (x < 2 || x > width - 30) return;
      context.fillRect(x, height - AXIS, 1, 4);
      context.fillText(text, x + 3, height - AXIS / 2 + 1);
    };
    if (domain.last - domain.first < 75) {
      const step = Math.max(1, Math.ceil(room * perPixel));
      for (let day = domain.first; day <= domain.last; day += step) {
        const { month, date } = parts(day);
        tick(day, `${date} ${monthName(month)}`);
      }
      return;
    }
    const { year, month } = parts(domain.first);
    for (let m = Math.ceil((year * 12 + month) / months) * months; ; m += months) {
      const day = dayOf(Math.floor(m / 12), m % 12);
      if (day > domain.last) return;
      const name = monthName(m % 12);
      tick(day, months >= 12 ? `${Math.floor(m / 12)}` : m % 12 === 0 ? `${name} ${Math.floor(m / 12)}` : name);
    }
  }
}
