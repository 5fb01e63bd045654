/**
 * The window as a slider over a histogram of incidents: two handles, a band between them that moves both, a player,
 * presets, and the time it spans. While it is dragged or played the map follows; when it is let go Python is told.
 */

import { siteChanges } from "./changes.js";
import { addMonths, dayNumber, iso, monthName, partial, parts, short, span } from "./days.js";
import { count, el } from "./dom.js";
import { Gestures } from "./gestures.js";
import { Histogram, binEdges, sizeOf } from "./histogram.js";
import { AXIS, MOVES, SITES, paintAxis, paintBars, paintChanges, paintMoves } from "./paint.js";
import { legible } from "./palette.js";
import { Player, SPEEDS, stepped } from "./playback.js";
import { Scale, moved, zoomed } from "./scale.js";

const PRESETS = [["30 days", "30 d", 30], ["90 days", "90 d", 90], ["1 year", "1 y", 365]];
const BAR = 7; // pixels: the width a bin of the histogram should have at least
const PAD = 14; // pixels: room for half a handle at either end
/** How near a pointer, or a finger, takes hold of a handle. */
const REACH = { fine: 12, coarse: 22 };
const SETTLE_MS = 250; // after the last key, the window counts as let go
const TITLES = 3;
const DAY_LIMITS = [dayNumber("1900-01-01"), dayNumber("2100-12-31")]; // view.py's FIRST_DAY and LAST_DAY

/** @typedef {{name: string, from: number, to: number}} Period a named window, in days */

export class Timeline {
  /** @param {import("./app.js").App} app @param {{periods: Period[]}} [config] */
  constructor(app, config) {
    this.app = app;
    this.data = app.data;
    this.extent = app.extent;
    this.periods = config?.periods ?? [];
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
    document.fonts.addEventListener("loadingdone", () => this.#repaint());
  }

  /** Whether the hand or the player moves the window: then the server's word about it waits. */
  get dragging() {
    return Boolean(this.held) || this.player.playing || Boolean(this.settling);
  }

  // What it is made of

  #build() {
    this.told = { start: el("strong"), end: el("strong"), incidents: el("span"), movements: el("span") };
    this.output = el("output", { class: "told" }, ...Object.values(this.told));
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
    this.mark = el("div", { class: "bin", hidden: true });
    this.track = el(
      "div",
      { class: "track", ondblclick: () => this.#reset() },
      this.band,
      this.canvas,
      ...this.shades,
      this.mark,
      ...this.handles,
    );
    this.tip = el("div", { class: "timeline-tip", role: "tooltip", hidden: true });
    this.element = el(
      "section",
      { class: "timeline", "aria-label": "Timeline", tabindex: "-1", onkeydown: (event) => this.#shortcut(event) },
      this.#bar(),
      this.track,
      this.tip,
    );
  }

  #bar() {
    this.more = el(
      "button",
      {
        type: "button",
        class: "more round",
        "aria-label": "More",
        "aria-expanded": "false",
        "aria-controls": "timeline-options",
        onclick: () => this.#unfold(),
      },
      el("i", { class: "icon icon-more", "aria-hidden": "true" }),
    );
    this.bar = el(
      "div",
      { class: "timeline-bar" },
      this.#transport(),
      this.output,
      this.more,
      el("div", { class: "options", id: "timeline-options" }, this.#presets(), this.#modes(), this.#zoomer()),
    );
    return this.bar;
  }

  #button(label, act, { icon, text, ...attributes }) {
    const face = icon ? el("i", { class: `icon icon-${icon}`, "aria-hidden": "true" }) : text;
    return el("button", { type: "button", "aria-label": label, title: label, onclick: act, ...attributes }, face);
  }

  #transport() {
    this.playButton = this.#button("Play", () => this.player.toggle(), { icon: "play", class: "play" });
    return el(
      "div",
      { class: "transport", role: "group", "aria-label": "Playback" },
      this.playButton,
      this.#button("Step back", () => this.#step(-1), { icon: "back", class: "round" }),
      this.#button("Step forward", () => this.#step(1), { icon: "forward", class: "round" }),
    );
  }

  #presets() {
    this.sizeName = el("span", { class: "size", title: "What a bar of the histogram spans" });
    this.presets = PRESETS.map(([label, text, days]) =>
      this.#button(label, () => this.#take(this.end - days + 1, this.end), { text, class: "chip" }),
    );
    this.presets.push(this.#button("All", () => this.#take(this.extent.first, this.extent.last), { text: "All", class: "chip" }));
    const group = el("div", { class: "presets", role: "group", "aria-label": "Length of the window" }, this.sizeName, ...this.presets);
    if (this.periods.length) group.append(this.#periodMenu());
    return group;
  }

  #periodMenu() {
    const choose = () => {
      const period = this.periods[this.periodMenu.value];
      if (period) this.#take(period.from, period.to);
    };
    this.periodMenu = el(
      "select",
      { "aria-label": "Periods", onchange: choose },
      el("option", { value: "" }, "Periods"),
      ...this.periods.map(({ name }, number) => el("option", { value: number }, name)),
    );
    return this.periodMenu;
  }

  #modes() {
    const speeds = SPEEDS.map((speed) => el("option", { value: speed }, `×${speed}`));
    const speed = el("select", { "aria-label": "Speed", title: "Speed", class: "speed" }, ...speeds);
    speed.addEventListener("change", () => (this.player.speed = Number(speed.value)));
    const mode = el(
      "select",
      { "aria-label": "Mode", title: "What playing does to the window", class: "mode" },
      el("option", { value: "moving" }, "Moving"),
      el("option", { value: "growing" }, "Growing"),
    );
    mode.addEventListener("change", () => this.#setMode(mode.value === "growing"));
    this.loopButton = this.#button("Loop", () => this.#setLoop(!this.player.loop), {
      icon: "loop",
      class: "round",
      "aria-pressed": "false",
    });
    return el("div", { class: "modes", role: "group", "aria-label": "How to play" }, speed, mode, this.loopButton);
  }

  #zoomer() {
    return el(
      "div",
      { class: "zoomer", role: "group", "aria-label": "Time on the track" },
      this.#button("Show more time", () => this.#zoomAboutMiddle(2), { text: "−", class: "round" }),
      this.#button("Show less time", () => this.#zoomAboutMiddle(0.5), { text: "+", class: "round" }),
    );
  }

  #unfold(open = !this.bar.classList.contains("open")) {
    this.bar.classList.toggle("open", open);
    this.more.setAttribute("aria-expanded", open);
  }

  // What it shows

  /** Called whenever the window, the filters or the theme have changed. */
  show() {
    const { window, filter, palette } = this.app;
    const { start, end } = window;
    const moved = start !== this.start || end !== this.end;
    Object.assign(this, { start, end });
    this.first ??= { start, end };
    if (filter !== this.filter) this.#count(filter);
    if (palette !== this.palette) this.#colour(palette);
    if (!this.dragging && (moved || !this.domain)) this.#fit();
    this.#tell();
    this.draw();
  }

  /** Count what passes other filters; see histogram.js for what it costs. */
  #count(filter) {
    // Python's word may make a filter anew that lets through the same rows: then there is nothing to do.
    if (filter.incidents !== this.filter?.incidents) this.histogram.count(filter.incidents);
    this.filter = filter;
    this.changes = siteChanges(this.data, filter);
    this.painted = null;
  }

  #colour(palette) {
    const shown = ({ colour }) => legible(colour, palette.land);
    this.palette = palette;
    this.kindColours = this.data.kinds.map(shown);
    this.forceColours = this.data.forces.map(shown);
    this.painted = null;
  }

  #tell() {
    const { start, end, told, periods } = this;
    const { incidents, movements } = this.app.selection;
    const say = (element, text) => element.textContent === text || (element.textContent = text);
    // Sixty times a second is no news to who listens to it.
    const live = this.held || this.player.playing ? "off" : "polite";
    if (this.output.getAttribute("aria-live") !== live) this.output.setAttribute("aria-live", live);
    say(told.start, `${short(start)} –`);
    say(told.end, short(end));
    say(told.incidents, count(incidents.count, "incident"));
    say(told.movements, count(movements.numbers.length, "movement"));
    const windows = [...PRESETS.map(([, , days]) => [end - days + 1, end]), [this.extent.first, this.extent.last]];
    this.presets.forEach((chip, i) => chip.setAttribute("aria-pressed", windows[i][0] === start && windows[i][1] === end));
    const period = periods.findIndex(({ from, to }) => from === start && to === end);
    if (this.periodMenu) this.periodMenu.value = period < 0 ? "" : String(period);
  }

  #showPlayer() {
    const { playing } = this.player;
    const label = playing ? "Pause" : "Play";
    this.playButton.setAttribute("aria-label", label);
    this.playButton.title = `${label} (space)`;
    this.playButton.firstChild.className = `icon icon-${playing ? "pause" : "play"}`;
    this.element.classList.toggle("playing", playing);
    if (!playing) this.part = 0;
  }

  // The time on the track

  /** How far it may be zoomed out and panned: the data and the window, with a margin. */
  #limits() {
    const first = Math.min(this.extent.first, this.start);
    const last = Math.max(this.extent.last, this.end);
    const margin = Math.max(7, Math.round((this.extent.last - this.extent.first) * 0.02));
    return { from: first - margin, to: last + 1 + margin };
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
    return this.#look({ from: from + over, to: to + over });
  }

  #zoom(factor, x) {
    this.#look(zoomed(this.domain, factor, this.scale.day(x), this.#limits()));
    this.draw();
  }

  #zoomAboutMiddle(factor) {
    const middle = Math.min(Math.max((this.start + this.end + 1) / 2, this.domain.from), this.domain.to);
    this.#zoom(factor, this.scale.x(middle));
  }

  #pan(days) {
    this.#look(moved(this.domain, days, this.#limits()));
    this.draw();
  }

  /** Back to the first window, and to the time that was about it. */
  #reset() {
    this.player.pause(false);
    this.domain = null;
    this.start = null; // so that it counts as moved
    this.#set(this.first.start, this.first.end, true);
  }

  // The window

  #set(start, end, done) {
    const clamp = (day) => Math.min(Math.max(Math.round(day), DAY_LIMITS[0]), DAY_LIMITS[1]);
    if (done) {
      clearTimeout(this.settling);
      this.settling = null;
    }
    this.app.setWindow(clamp(start), clamp(Math.max(start, end)), done);
  }

  /** A window that was chosen as a whole. */
  #take(start, end) {
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

  #step(bins) {
    const { start, end } = stepped(this, this.size, bins, this.player.growing, this.extent);
    this.#nudge(start, end);
  }

  #setLoop(loop) {
    this.player.loop = loop;
    this.loopButton.setAttribute("aria-pressed", loop);
  }

  #setMode(growing) {
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
      this.player.pause();
      this.#leave();
      if (!this.bar.classList.contains("open")) return;
      this.#unfold(false);
      this.more.focus();
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
    const next = Math.min(Math.max(move(), DAY_LIMITS[0]), DAY_LIMITS[1]);
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
      point: (x, y) => this.#point(x, y),
      leave: () => this.#leave(),
    };
  }

  #part(x, y, reach) {
    if (y > this.height - AXIS) return "time";
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
    this.#unfold(false);
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
    const by = Math.round(this.scale.day(x) - day);
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
    Object.assign(this, { width, height });
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
      context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
    }
    context.clearRect(0, 0, width, height);
    const size = sizeOf(BAR / this.scale.perDay);
    const edges = binEdges(size, Math.floor(domain.from), Math.ceil(domain.to));
    const counts = this.histogram.bins(size, edges);
    paintBars(context, this.scale, counts, edges, this.kindColours, height - AXIS, palette);
    const moves = paintMoves(context, this.scale, this.data.movements, this.filter.movements, this.forceColours);
    const changes = paintChanges(context, this.scale, this.changes, this.forceColours);
    paintAxis(context, this.scale, width, height, palette);
    this.size = size;
    if (this.sizeName.textContent !== size.name) this.sizeName.textContent = size.name;
    this.painted = { edges, counts, moves, changes };
    this.#leave();
  }

  /** All that happens in a frame while only the window moves. */
  #placeWindow() {
    const { scale, width, start, end, part, extent } = this;
    const left = scale.x(start + (this.player.grows && this.player.playing ? 0 : part));
    const right = scale.x(end + 1 + part);
    const inside = (x) => Math.min(Math.max(x, 0), width);
    const stretch = (element, from, to) => (element.style.transform = `translateX(${from}px) scaleX(${Math.max(0, to - from)})`);
    stretch(this.band, inside(left), inside(right));
    stretch(this.shades[0], PAD, Math.max(PAD, inside(left)));
    stretch(this.shades[1], inside(right), width);
    this.#place(this.handles[0], left, start, extent.first, end);
    this.#place(this.handles[1], right, end, start, extent.last);
  }

  #place(handle, x, day, least, most) {
    handle.style.transform = `translateX(${x}px)`;
    handle.classList.toggle("beyond", x < 0 || x > this.width);
    if (handle.getAttribute("aria-valuenow") !== String(day)) {
      handle.setAttribute("aria-valuenow", day);
      handle.setAttribute("aria-valuetext", iso(day));
    }
    handle.setAttribute("aria-valuemin", Math.min(least, day));
    handle.setAttribute("aria-valuemax", Math.max(most, day));
  }

  // What the pointer is at

  #leave() {
    this.tip.hidden = this.mark.hidden = true;
    this.pointed = null;
  }

  /** Tell what lies under the pointer: a lane's marks, or else a bin's incidents. */
  #point(x, y) {
    if (!this.painted || this.held || this.player.playing) return;
    const { changes, moves, edges } = this.painted;
    const near = (boxes) => boxes.filter((box) => box.x - 2 <= x && x <= box.right + 2);
    // What is known to the day before what may have been any day of a year.
    const byWidth = (a, b) => a.right - a.x - (b.right - b.x);
    const told =
      y < SITES.top + SITES.height + 2
        ? near(changes).sort(byWidth).map(({ change }) => this.#changeTold(change))
        : y < MOVES.top + MOVES.height + 1
          ? near(moves).sort(byWidth).map(({ number }) => this.#moveTold(number))
          : [];
    if (told.length) return this.#pointLane(x, told);
    const day = this.scale.day(x);
    const bin = edges.findIndex((edge, i) => edge <= day && day < edges[i + 1]);
    if (bin < 0) return this.#leave();
    const key = `bin ${bin}`;
    if (this.pointed === key) return undefined;
    this.pointed = key;
    const [left, right] = [Math.round(this.scale.x(edges[bin])), Math.round(this.scale.x(edges[bin + 1]))];
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

  #changeTold({ kind, site, first, last, force, previous }) {
    const name = (number) => this.data.forces[number]?.name ?? "";
    const what = {
      opened: `${name(force)} came`,
      vacated: `${name(force)} left`,
      "handed-over": `${name(previous)} → ${name(force)}`,
    }[kind];
    return this.#line(this.data.sites.name[site], `${what} · ${span(first, last, first, last)}`);
  }

  #moveTold(i) {
    const rows = this.data.movements;
    const when = span(rows.start_first[i], rows.start_last[i], rows.end_first[i], rows.end_last[i]);
    return this.#line(rows.title?.[i] ?? "Movement", when);
  }

  #line(title, quiet) {
    return el("div", { class: "line" }, el("strong", {}, title), el("span", { class: "quiet" }, quiet));
  }

  /** What a bin counts: in all, and by kind. */
  #binTold(bin) {
    const { counts, edges } = this.painted;
    const kinds = this.data.kinds.length;
    const of = (numbers) => numbers.subarray(bin * kinds, (bin + 1) * kinds);
    const [certain, possible] = [of(counts.certain), of(counts.possible)];
    const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
    const list = el("ul");
    this.data.kinds.forEach((kind, k) => {
      if (!possible[k]) return;
      const symbol = el("i", { class: "symbol" });
      symbol.style.background = this.kindColours[k];
      symbol.style.clipPath = `path(evenodd, "${this.data.shapes[kind.shape]}")`;
      list.append(el("li", {}, symbol, el("span", {}, kind.label), el("b", {}, sureness(certain[k], possible[k]))));
    });
    const total = sum(possible);
    const [first, last] = [edges[bin], edges[bin + 1] - 1];
    const head = total ? `${count(total, "incident")}${sum(certain) < total ? `: ${sureness(sum(certain), total)}` : ""}` : "No incidents";
    return [this.#line(stretchName(first, last), head), ...(total ? [list] : [])];
  }

  /** Name the foremost incidents of a bin, as soon as their titles are there. */
  async #addTitles(key, first, last) {
    const numbers = this.histogram.top(first, last, TITLES);
    if (!numbers.length) return;
    const titles = await this.app.titles(numbers).catch(() => []); // the counts are told without them
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
    const { left, top } = this.track.getBoundingClientRect();
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
    const begins = from.year < to.year ? short(first) : `${from.date}${from.month === to.month ? "" : ` ${monthName(from.month)}`}`;
    return `${begins} – ${short(last)}`;
  }
  if (to.year > from.year) return `${from.year} – ${to.year}`;
  if (from.month === to.month || (from.month === 0 && to.month === 11)) return partial(first, last);
  return `${monthName(from.month)} – ${monthName(to.month)} ${to.year}`;
}
