/**
 * The window as a slider over a histogram of incidents: two handles, a band between them that moves both, a player,
 * presets, and the time it spans. While it is dragged or played the map follows; when it is let go Python is told.
 */

import { el } from "../controls/dom.js";
import { ticksOnView } from "../data/select.js";
import { moveColour } from "../draw/arrows.js";
import { legible } from "../draw/palette.js";
import { canvasFont } from "../draw/textsize.js";
import { addMonths, dayNumber, iso, within } from "../time/days.js";
import { moved, Scale, zoomed } from "../time/scale.js";
import { Gestures } from "./gestures.js";
import { binEdges, Histogram, sizeOf } from "./histogram.js";
import { axisHeight, paintAxis, paintBars, paintChanges, paintMoves } from "./paint.js";
import { Player, stepped } from "./playback.js";
import { Toolbar } from "./toolbar.js";
import { Tooltip } from "./tooltip.js";

const BAR = 7; // pixels: the width a bin of the histogram should have at least
const PAD = 14; // pixels: room for half a handle at either end
/** How near a pointer, or a finger, takes hold of a handle. */
const REACH = { fine: 12, coarse: 22 };
const SETTLE_MS = 250; // after the last key, the window counts as let go
const DAY_LIMITS = [dayNumber("1900-01-01"), dayNumber("2100-12-31")]; // view/extent.py's FIRST_DAY and LAST_DAY

/** @typedef {{name: string, from: number, to: number}} Period a named window, in days */

export class Timeline {
  /** @param {import("../app.js").App} app @param {{periods: Period[]}} [config] */
  constructor(app, config) {
    this.app = app;
    this.data = app.data;
    this.extent = app.data.extent;
    this.reach = app.data.reach;
    this.periods = config.periods;
    this.home = { start: config.from, end: config.to };
    this.histogram = new Histogram(app.data.incidents, app.data.kinds.length);
    this.player = new Player({
      read: () => ({ start: this.start, end: this.end }),
      move: ({ start, end }, part) => this.#play(start, end, part),
      tell: ({ start, end }) => this.#set(start, end, true),
      size: () => this.size,
      extent: () => this.extent,
      left: () => this.domain.from,
      changed: () => this.#showPlayer(),
    });
    /** What part of a day more the window has moved while it is played. */
    this.part = 0;
    this.#build();
    new Gestures(this.track, this.#hand());
    new ResizeObserver(() => this.#measure()).observe(this.track);
  }

  /** Whether the hand or the player moves the window: then the server's word about it waits. */
  get dragging() {
    return Boolean(this.held) || this.player.playing || Boolean(this.settling);
  }

  // What it is made of

  #build() {
    this.toolbar = new Toolbar(this);
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.handles = ["Window start", "Window end"].map((label, which) =>
      el("div", {
        class: "handle",
        role: "slider",
        tabindex: "0",
        "aria-label": label,
        onkeydown: (event) => this.#key(event, which),
        onfocus: () => this.#reveal(),
      }),
    );
    this.shades = ["before", "after"].map((side) => el("div", { class: `shade ${side}` }));
    this.band = el("div", { class: "band" });
    this.tooltip = new Tooltip(this);
    this.track = el(
      "div",
      { class: "track", ondblclick: () => this.#reset() },
      this.band,
      this.canvas,
      ...this.shades,
      this.tooltip.mark,
      ...this.handles,
    );
    this.element = el(
      "section",
      { class: "timeline", "aria-label": "Timeline", tabindex: "-1", onkeydown: (event) => this.#shortcut(event) },
      this.toolbar.element,
      this.track,
      this.tooltip.tip,
    );
  }

  // What it shows

  /** Called whenever the window, the filters or the theme have changed. */
  show() {
    const { window, filter, palette } = this.app;
    const { start, end } = window;
    const moved = start !== this.start || end !== this.end;
    Object.assign(this, { start, end });
    if (filter !== this.filter) this.#count(filter);
    if (palette !== this.palette) this.#colour(palette);
    if (!this.dragging && (moved || !this.domain)) this.#fit();
    this.toolbar.show();
    this.draw();
  }

  /** Count what passes other filters; see histogram.js for what it costs. */
  #count(filter) {
    // Python's word may make a filter anew that lets through the same rows: then there is nothing to do.
    if (filter.incidents !== this.filter?.incidents) this.histogram.count(filter.incidents);
    this.filter = filter;
    this.changes = ticksOnView(this.app.data, filter);
    this.painted = null;
  }

  #colour(palette) {
    const shown = ({ colour }) => legible(colour, palette.land);
    this.palette = palette;
    this.kindColours = this.data.kinds.map(shown);
    this.forceColours = this.data.forces.map(shown);
    this.moveColours = this.data.movements.id.map((_, m) => moveColour(this.data, m, palette.land));
    this.painted = null;
  }

  #showPlayer() {
    const { playing } = this.player;
    this.toolbar.showPlayer(playing);
    this.element.classList.toggle("playing", playing);
    if (!playing) this.part = 0;
  }

  // The time on the track

  /** How far the time may be zoomed out and panned, and the window be moved: the data's reach, or where a link led. */
  #limits({ start, end } = this.held ?? this) {
    return { from: Math.min(this.reach.first, start), to: Math.max(this.reach.last, end) + 1 };
  }

  /** Widen the time on the track until the window has room in it; show it afresh when it is far off. */
  #fit() {
    const length = this.end - this.start + 1;
    const { from, to } = this.domain ?? { from: Infinity, to: -Infinity };
    if (this.start >= from && this.end < to && to - from <= length * 12) return;
    const room = Math.max(14, Math.round(length * 0.5));
    // No more empty time than a margin beyond the data and the window.
    const least = this.#limits();
    this.#look({
      from: Math.max(this.start - room, least.from),
      to: Math.min(this.end + 1 + Math.round(room / 3), least.to),
    });
  }

  #look(domain) {
    this.domain = domain;
    this.painted = null;
  }

  /** Bring a window that was panned away back on the track, for the keys that move it. */
  #reveal() {
    if (!this.domain || this.held || (this.end >= this.domain.from && this.start < this.domain.to)) return;
    this.#look(moved(this.domain, (this.start + this.end + 1 - this.domain.from - this.domain.to) / 2, this.#limits()));
    this.draw();
  }

  /** Keep the edge that is played on the track. */
  #follow() {
    const { from, to } = this.domain;
    const width = to - from;
    const end = this.end + 1 + this.part;
    if (this.start < from || this.start >= to) return this.#fit();
    const over = end + width * 0.08 - to;
    const most = this.#limits().to;
    if (over <= 0 || to >= most) return undefined;
    if (this.player.grows) return this.#look({ from, to: Math.min(to + width * 0.25, most) });
    return this.#look(moved(this.domain, over, this.#limits()));
  }

  #zoom(factor, x) {
    this.#look(zoomed(this.domain, factor, this.scale.day(x), this.#limits()));
    this.draw();
  }

  /** Zoom with the window's middle in the middle of the track, where the data's ends leave room for it. */
  zoomAboutMiddle(factor) {
    const { from, to } = this.domain;
    const middle = within((this.start + this.end + 1) / 2, from, to);
    const zoom = zoomed(this.domain, factor, middle, this.#limits());
    this.#look(moved(zoom, middle - (zoom.from + zoom.to) / 2, this.#limits()));
    this.draw();
  }

  #pan(days) {
    this.#look(moved(this.domain, days, this.#limits()));
    this.draw();
  }

  /** Back to the dataset's own window, and to the time about it. */
  #reset() {
    this.player.pause(false);
    this.domain = null;
    this.start = null; // so that it counts as moved
    this.#set(this.home.start, this.home.end, true);
  }

  // The window

  #set(start, end, done) {
    const clamp = (day) => within(Math.round(day), ...DAY_LIMITS);
    if (done) {
      clearTimeout(this.settling);
      this.settling = null;
    }
    this.app.setWindow(clamp(start), clamp(Math.max(start, end)), done);
  }

  /** Move it no further by itself: another link says where it is. */
  halt() {
    this.player.pause(false);
    clearTimeout(this.settling);
    this.settling = null;
  }

  /** A window that was chosen as a whole. */
  take(start, end) {
    this.player.pause(false);
    this.#set(start, end, true);
  }

  /** Move it now, and tell Python when no further move has come for a while. */
  #nudge(start, end) {
    this.player.pause(false);
    this.#set(start, end, false);
    Object.assign(this, { start, end });
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      this.settling = null;
      this.#set(this.start, this.end, true);
    }, SETTLE_MS);
    if (start < this.domain.from || end >= this.domain.to) this.#fit();
  }

  #play(start, end, part) {
    this.part = part;
    if (start !== this.start || end !== this.end) {
      this.#set(start, end, false);
      // The next frame goes on from here, whether or not the map has come so far.
      Object.assign(this, { start, end });
    }
    this.#follow();
    this.draw();
  }

  step(bins) {
    const { start, end } = stepped(this, this.size, bins, this.player.growing, this.extent);
    this.#nudge(start, end);
  }

  setMode(growing) {
    const { playing } = this.player;
    this.player.pause(false);
    this.player.growing = growing;
    if (playing) this.player.play();
  }

  /** Space plays and pauses wherever it means nothing else; Escape pauses, or folds what is unfolded. */
  #shortcut(event) {
    const control = event.target.closest("button, select");
    if (event.key === " " && !control) {
      event.preventDefault();
      if (!event.repeat) this.player.toggle();
    } else if (event.key === "Escape") {
      if (this.player.playing || this.toolbar.isOpen) event.preventDefault(); // it means no more than this
      this.player.pause();
      this.tooltip.leave();
      if (!this.toolbar.isOpen) return;
      this.toolbar.unfold(false);
      this.toolbar.more.focus();
    }
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
    const { from, to } = this.#limits();
    const next = within(move(), from, to - 1);
    if (which) this.#nudge(this.start, Math.max(next, this.start));
    else this.#nudge(Math.min(next, this.end), this.end);
  }

  // The hand

  /** @returns {import("./gestures.js").Hand} */
  #hand() {
    return {
      part: (x, y, coarse) => this.#part(x, y, coarse ? REACH.coarse : REACH.fine),
      grab: (part, x) => this.#grab(part, x),
      drag: (x) => this.#drag(x),
      drop: (kept) => this.#drop(kept),
      pinch: (x, gap) => (this.pinched = { domain: this.domain, day: this.scale.day(x), gap }),
      spread: (x, gap) => this.#spread(x, gap),
      zoom: (factor, x) => this.#zoom(factor, x),
      pan: (pixels) => this.#pan(pixels / this.scale.perDay),
      point: (x, y) => this.tooltip.point(x, y),
      leave: () => this.tooltip.leave(),
    };
  }

  #part(x, y, reach) {
    if (y > this.height - this.axis) return "time";
    const [left, right] = [this.scale.x(this.start), this.scale.x(this.end + 1)];
    // Of a narrow window a third is left to be taken as a whole.
    const edge = Math.min(reach, (right - left) / 3);
    if (x > left + edge && x < right - edge) return "band";
    const [fromStart, fromEnd] = [Math.abs(x - left), Math.abs(x - right)];
    if (Math.min(fromStart, fromEnd) > reach) return "time";
    return fromStart < fromEnd || (fromStart === fromEnd && x < left) ? "start" : "end";
  }

  #grab(part, x) {
    const { start, end, domain, scale } = this;
    if (part !== "time") this.player.pause(false);
    this.toolbar.unfold(false);
    clearTimeout(this.settling);
    this.settling = null;
    this.held = { part, start, end, domain, day: scale.day(x), x };
    this.track.classList.toggle("panning", part === "time");
    const which = ["start", "end"].indexOf(part);
    if (which >= 0) this.handles[which].focus({ preventScroll: true });
    else if (!this.element.contains(document.activeElement)) this.element.focus({ preventScroll: true });
  }

  #drag(x) {
    const { part, start, end, day, domain } = this.held;
    if (part === "time") {
      this.#look(moved(domain, (this.held.x - x) / this.scale.perDay, this.#limits()));
      return this.draw();
    }
    const { from, to } = this.#limits();
    const by = within(
      Math.round(this.scale.day(x) - day),
      from - (part === "end" ? end : start),
      to - 1 - (part === "start" ? start : end),
    );
    if (part === "band") this.#set(start + by, end + by, false);
    else if (part === "start") this.#set(Math.min(start + by, end), end, false);
    else this.#set(start, Math.max(end + by, start), false);
    return undefined;
  }

  #drop(kept) {
    const { part, start, end } = this.held;
    this.held = null;
    this.track.classList.remove("panning");
    if (part === "time" && this.player.playing) return;
    if (part !== "time" && !kept) this.#set(start, end, true);
    else this.#set(this.app.window.start, this.app.window.end, true);
    if (part !== "time") this.#fit();
    this.draw();
  }

  #spread(x, gap) {
    const { domain, day, gap: before } = this.pinched;
    const limits = this.#limits();
    const zoom = zoomed(domain, before / gap, day, limits);
    const at = new Scale(zoom, PAD, this.width - PAD).day(x);
    this.#look(moved(zoom, day - at, limits));
    this.draw();
  }

  // The picture

  /** Read its size once: asking for it while things move would have the browser lay out the page each time. */
  #measure() {
    const { clientWidth: width, clientHeight: height } = this.track;
    Object.assign(this, { width, height, axis: axisHeight() });
    this.#repaint();
  }

  #repaint() {
    this.painted = null;
    this.draw();
  }

  draw() {
    if (!this.domain || !this.palette) return;
    if (!this.painted) this.#paint();
    if (this.painted) this.#placeWindow();
  }

  #paint() {
    const { canvas, domain, palette, width, height } = this;
    if (!width) return;
    const ratio = devicePixelRatio;
    this.scale = new Scale(domain, PAD, width - PAD);
    const context = canvas.getContext("2d");
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    context.font = canvasFont(11);
    context.clearRect(0, 0, width, height);
    const size = sizeOf(BAR / this.scale.perDay);
    const edges = binEdges(size, Math.floor(domain.from), Math.ceil(domain.to));
    const counts = this.histogram.bins(size, edges);
    paintBars(context, this.scale, counts, edges, this.kindColours, Math.round(height - this.axis), palette);
    const moves = paintMoves(context, this.scale, this.data.movements, this.filter.movements, this.moveColours);
    const changes = paintChanges(context, this.scale, this.changes, this.forceColours);
    paintAxis(context, this.scale, width, height, palette);
    this.size = size;
    this.toolbar.nameSize(size.name);
    this.painted = { edges, counts, moves, changes };
    this.tooltip.again();
  }

  /** All that happens in a frame while only the window moves. */
  #placeWindow() {
    const { scale, width, start, end, part } = this;
    const { from, to } = this.#limits();
    const left = scale.x(start + (this.player.grows && this.player.playing ? 0 : part));
    const right = scale.x(end + 1 + part);
    const inside = (x) => Math.min(Math.max(x, 0), width);
    const stretch = (element, from, to) =>
      (element.style.transform = `translateX(${from}px) scaleX(${Math.max(0, to - from)})`);
    stretch(this.band, inside(left), inside(right));
    stretch(this.shades[0], PAD, Math.max(PAD, inside(left)));
    stretch(this.shades[1], inside(right), width);
    this.#place(this.handles[0], left, start, from, end);
    this.#place(this.handles[1], right, end, start, to - 1);
  }

  #place(handle, x, day, least, most) {
    handle.style.transform = `translateX(${x}px)`;
    handle.classList.toggle("beyond", x < 0 || x > this.width);
    if (handle.getAttribute("aria-valuenow") !== String(day)) {
      handle.setAttribute("aria-valuenow", day);
      handle.setAttribute("aria-valuetext", iso(day));
    }
    handle.setAttribute("aria-valuemin", least);
    handle.setAttribute("aria-valuemax", most);
  }
}
