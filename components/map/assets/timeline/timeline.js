/**
 * The window as a slider over a histogram of incidents: two handles, a band between them that moves both, a player,
 * presets, and the time it spans. While it is dragged or played the map follows; when it is let go Python is told.
 *
 * It is longer than other modules, as it is one class: the window's state, which its parts in this folder (track, gestures,
 * playback, toolbar, tooltip) read and change through it.
 *
 * @typedef {import("../time/scale.js").Window} Window
 * @typedef {import("../time/scale.js").Domain} Domain
 *
 * @typedef {object} Period a named window, in days
 * @property {string} name
 * @property {number} start
 * @property {number} end
 *
 * @typedef {Window & {periods: Period[]}} Config the window at home, and named ones: what folium_map.py's Timeline sends
 */

import { el } from "../controls/dom.js";
import { ticksOnView } from "../data/select.js";
import { Brush, partAt } from "../time/brush.js";
import { within } from "../time/days.js";
import { Gestures } from "./gestures.js";
import { Histogram } from "./histogram.js";
import { Player, stepped } from "./playback.js";
import { Stretch } from "./stretch.js";
import { Toolbar } from "./toolbar.js";
import { Tooltip } from "./tooltip.js";
import { coloursOn, Track } from "./track.js";
import { Watch } from "./watch.js";

/** How near a pointer, or a finger, takes hold of a handle, in pixels. */
const REACH = { fine: 12, coarse: 22 };
export class Timeline {
  /** @type {Window} as it is shown here */
  window = { start: Number.NaN, end: Number.NaN };
  /** @type {{domain: Domain, x: number} | null} the time below the bars, while a hand drags it */
  #panned = null;
  /** @type {{domain: Domain, day: number, gap: number}} what two fingers took hold of */
  #pinched = { domain: { from: 0, to: 1 }, day: 0, gap: 1 };
  /** The day at which a hand took hold of the window. */
  #grabbed = 0;
  /** What part of a day more the window has moved while it is played. */
  #part = 0;
  /** @type {import("./track.js").Colours | null} */
  #colours = null;
  /** @type {import("../data/select.js").Filter | null} */
  #filter = null;
  /** @type {import("../data/changes.js").Tick[]} */
  #ticks = [];

  /** @param {import("../app.js").App} app @param {Config} config */
  constructor(app, { start, end, periods }) {
    this.app = app;
    this.data = app.data;
    /** @type {import("../time/scale.js").Extent} */
    this.extent = app.data.extent;
    this.periods = periods;
    this.home = { start, end };
    this.histogram = new Histogram(app.data.incidents, app.data.kinds.length);
    this.brush = new Brush({
      read: () => this.window,
      extent: () => this.extent,
      limits: (window) => this.#reach(window),
      move: (window) => {
        this.player.pause(false);
        this.#show(window);
      },
      done: () => this.#set(this.window, true),
    });
    this.stretch = new Stretch({
      read: () => this.window,
      limits: () => this.brush.limits,
      changed: () => {
        this.track.painted = null;
      },
    });
    this.player = new Player({
      read: () => this.window,
      move: (window, part) => this.#play(window, part),
      report: (window) => this.#set(window, true),
      size: () => this.track.size,
      extent: () => this.extent,
      left: () => this.stretch.domain?.from ?? this.window.start,
      changed: () => this.showPlayer(),
    });
    this.tooltip = new Tooltip(this);
    this.track = new Track(
      {
        key: (event, edge) => this.#key(event, edge),
        focus: () => {
          if (this.held) return;
          this.stretch.reveal();
          this.draw();
        },
        reset: () => this.#reset(),
        resized: () => this.draw(),
      },
      this.tooltip.mark,
    );
    this.toolbar = new Toolbar(this);
    this.element = el(
      "section",
      {
        class: "timeline",
        "aria-label": "Timeline",
        tabindex: "-1",
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.#shortcut(event),
      },
      this.toolbar.element,
      this.track.element,
      this.tooltip.tip,
    );
    new Gestures(this.track.element, this.#hand());
    this.watch = app.data.watch && new Watch(this, app.data.watch);
  }

  /** Whether a hand is on the track. */
  get held() {
    return this.brush.part !== null || this.#panned !== null;
  }

  /** Whether the hand or the player moves the window: then the server's word about it waits. */
  get dragging() {
    return this.brush.busy || this.#panned !== null || this.player.playing || Boolean(this.watch?.playing);
  }

  /** Play, or play no more; from the first view build it up. */
  toggle() {
    if (this.player.playing || !this.watch?.toggle()) this.player.toggle();
  }

  // What it shows

  /** Called whenever the window, the filters or the theme have changed. */
  show() {
    const { counting: filter, palette } = this.app;
    const { start, end } = this.app.view;
    if (!filter || !palette) return;
    const moved = start !== this.window.start || end !== this.window.end;
    this.window = { start, end };
    if (filter !== this.#filter) this.#count(filter);
    if (palette !== this.#colours?.inks) {
      this.#colours = coloursOn(palette, this.data);
      this.track.painted = null;
    }
    if (!this.dragging && (moved || !this.stretch.domain)) this.stretch.fit();
    if (!this.watch?.first) this.watch?.close();
    this.showPlayer();
    this.toolbar.show();
    this.draw();
  }

  /** Count what passes other filters; see histogram.js for what it costs. @param {import("../data/select.js").Filter} filter */
  #count(filter) {
    // Python's word may make a filter anew that lets through the same rows: then there is nothing to do.
    if (filter.incidents !== this.histogram.pass) this.histogram.count(filter.incidents);
    this.#filter = filter;
    this.#ticks = ticksOnView(this.app.data, filter);
    this.track.painted = null;
  }

  /** The colours of the kinds of incident, as they are painted. */
  get kindColours() {
    return this.#colours?.kinds ?? [];
  }

  showPlayer() {
    const playing = this.player.playing || Boolean(this.watch?.playing);
    this.toolbar.showPlayer(playing, !this.player.playing && Boolean(this.watch?.first));
    this.element.classList.toggle("playing", playing);
    if (!this.player.playing) this.#part = 0;
  }

  draw() {
    const { track, window } = this;
    const { domain } = this.stretch;
    if (!domain || !this.#colours || !this.#filter || !track.width) return;
    if (!track.painted) {
      track.paint(domain, {
        histogram: this.histogram,
        movements: this.data.movements,
        passing: this.#filter.movements,
        ticks: this.#ticks,
        colours: this.#colours,
      });
      this.toolbar.nameSize(track.size.name);
      this.tooltip.again();
    }
    const grows = this.player.grows && this.player.playing;
    track.place(window, this.brush.limits, grows ? 0 : this.#part, this.#part);
  }

  /** How far the window may be moved and the time be panned: the data's reach, or where a link led. @param {Window} window */
  #reach({ start, end }) {
    const { first, last } = this.data.reach;
    return { first: Math.min(first, start), last: Math.max(last, end) };
  }

  /** Zoom with the window's middle in the middle of the track. @param {number} factor */
  zoomAboutMiddle(factor) {
    this.stretch.zoomAboutWindow(factor);
    this.draw();
  }

  /** Back to the dataset's own window, and to the time about it. */
  #reset() {
    this.player.pause(false);
    this.stretch.reset();
    this.#set(this.home, true);
  }

  // The window

  /** @param {Window} window @param {boolean} done whether it is let go there */
  #set({ start, end }, done) {
    const { first, last } = this.data.limits;
    const clamp = (/** @type {number} */ day) => within(Math.round(day), first, last);
    if (done) this.brush.halt();
    this.app.setWindow(clamp(start), clamp(Math.max(start, end)), done);
  }

  /** Show a window that moves still. @param {Window} window */
  #show(window) {
    this.#set(window, false);
    // The next move goes on from here, whether or not the map has come so far.
    this.window = window;
  }

  /** Move it no further by itself: another link says where it is. */
  halt() {
    this.watch?.close();
    this.player.pause(false);
    this.brush.halt();
  }

  /** Take a window that was chosen as a whole. @param {number} start @param {number} end */
  take(start, end) {
    this.player.pause(false);
    this.#set({ start, end }, true);
  }

  /** @param {Window} window @param {number} part */
  #play(window, part) {
    this.#part = part;
    if (window.start !== this.window.start || window.end !== this.window.end) this.#show(window);
    this.stretch.follow(part, this.player.grows);
    this.draw();
  }

  /** Step some bins on, or back. @param {number} bins */
  step(bins) {
    this.brush.nudge(stepped(this.window, this.track.size, bins, this.player.growing, this.extent));
    this.stretch.keepInSight();
  }

  /** @param {boolean} growing */
  setMode(growing) {
    const { playing } = this.player;
    this.player.pause(false);
    this.player.growing = growing;
    if (playing) this.player.play();
  }

  // Keys

  /** @param {KeyboardEvent} event @param {"start" | "end"} edge */
  #key(event, edge) {
    if (!this.brush.press(event.key, edge)) return;
    event.preventDefault();
    this.stretch.keepInSight();
  }

  /** Space plays and pauses wherever it means nothing else; Escape pauses, or folds what is unfolded. @param {KeyboardEvent} event */
  #shortcut(event) {
    const control = /** @type {Element} */ (event.target).closest("button, select");
    if (event.key === " " && !control) {
      event.preventDefault();
      if (!event.repeat) this.toggle();
    } else if (event.key === "Escape") {
      if (this.player.playing || this.toolbar.isOpen) event.preventDefault(); // it means no more than this
      this.player.pause();
      this.tooltip.leave();
      this.toolbar.fold();
    }
  }

  // The hand

  /** @returns {import("./gestures.js").Hand} */
  #hand() {
    const { track, tooltip, stretch } = this;
    /** @param {() => void} act */
    const drawn = (act) => {
      act();
      this.draw();
    };
    return {
      part: (x, y, coarse) => {
        const reach = coarse ? REACH.coarse : REACH.fine;
        return (!track.isOnAxis(y) && partAt(track.scale, this.window, x, reach)) || "time";
      },
      grab: (part, x) => this.#grab(part, x),
      drag: (x) => this.#drag(x),
      drop: (kept) => drawn(() => this.#drop(kept)),
      pinch: (x, gap) => {
        if (stretch.domain) this.#pinched = { domain: stretch.domain, day: track.scale.day(x), gap };
      },
      spread: (x, gap) => {
        const { domain, day, gap: before } = this.#pinched;
        drawn(() => stretch.spread(domain, before / gap, day, (zoom) => track.scaleOf(zoom).day(x)));
      },
      zoom: (factor, x) => drawn(() => stretch.zoom(factor, track.scale.day(x))),
      pan: (pixels) => drawn(() => stretch.pan(pixels / track.scale.perDay)),
      point: (x, y) => tooltip.point(x, y),
      leave: () => tooltip.leave(),
    };
  }

  /** @param {import("./gestures.js").Taken} part @param {number} x */
  #grab(part, x) {
    const { track, brush, stretch } = this;
    this.toolbar.unfold(false);
    if (part === "time") {
      brush.halt();
      if (stretch.domain) this.#panned = { domain: stretch.domain, x };
      track.element.classList.add("panning");
    } else {
      this.player.pause(false);
      brush.grab(part);
      this.#grabbed = track.scale.day(x);
    }
    if (part === "start" || part === "end") track.handles[part].focus({ preventScroll: true });
    else if (!this.element.contains(document.activeElement)) this.element.focus({ preventScroll: true });
  }

  /** @param {number} x */
  #drag(x) {
    const { scale } = this.track;
    if (!this.#panned) {
      this.brush.drag(scale.day(x) - this.#grabbed);
      return;
    }
    this.stretch.pan((this.#panned.x - x) / scale.perDay, this.#panned.domain);
    this.draw();
  }

  /** @param {boolean} kept */
  #drop(kept) {
    this.track.element.classList.remove("panning");
    if (this.#panned) {
      this.#panned = null;
      if (!this.player.playing) this.#set(this.window, true);
    } else {
      this.brush.drop(kept);
      this.stretch.fit();
    }
  }
}
