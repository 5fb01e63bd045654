/**
 * The map's frame: fetches a dataset once, shows the View that Python sends, follows the timeline while it is
 * dragged, and tells Python when the window is let go or a row is clicked.
 */

import {
  adoptFonts,
  adoptTextSize,
  announceWindow,
  linkCamera,
  linkWindow,
  onAct,
  onEscape,
  onNavigate,
  onReturn,
  onSearch,
  onTheme,
  report,
} from "./bridge.js";
import { Controls } from "./controls/controls.js";
import { el } from "./controls/dom.js";
import { Empty } from "./controls/empty.js";
import { KeyboardNavigation } from "./controls/keyboard.js";
import { Legend } from "./controls/legend.js";
import { shiftIntoSight } from "./controls/reveal.js";
import { asKnown, readDataset } from "./data/dataset.js";
import { terms } from "./data/names.js";
import { siteStates } from "./data/posture.js";
import { resolve, select } from "./data/select.js";
import { Basemap } from "./draw/basemap.js";
import { coveredNow } from "./draw/labels.js";
import { Scene } from "./draw/scene.js";
import { dayNumber, iso, span } from "./time/days.js";
import { Timeline } from "./timeline/timeline.js";

const CAMERA_SETTLE_MS = 200;
/** How long the map waits for its font, while it fetches the rows. */
const FONT_PATIENCE_MS = 1000;
/** How many of the cameras that were written into the link are remembered. */
const CAMERAS_KEPT = 20;
/** How long a report may stay without an answer before whatever Python said since is shown. */
const PATIENCE_MS = 10_000;
/** How long a press on the empty map waits to be the first of a double one, which zooms. */
const DOUBLE_MS = 250;
/** How far from the map's edges, in pixels, what is brought into sight comes to lie. */
const CLEAR_PX = 40;

async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText} for ${address}`);
  return response;
}

/**
 * Fetch the rows and the basemap and set everything up.
 * @param {L.Map} map
 * @param {object} config what folium_map.py's EventLayer sends
 * @param {Record<"json"|"bin"|"text"|"texts", string>} config.rows addresses of the rows document
 * @param {string} config.basemap address @param {import("./draw/basemap.js").Online[]} config.bases the online basemaps
 * @param {string} config.nothing why there is no data at all, and what to do; "" where there is some
 * @returns {Promise<App>}
 */
export async function start(map, config) {
  try {
    const [rows, columns, basemap] = await Promise.all([
      fetched(config.rows.json).then((response) => response.json()),
      fetched(config.rows.bin).then((response) => response.arrayBuffer()),
      fetched(config.basemap).then((response) => response.json()),
      adoptFonts(FONT_PATIENCE_MS),
    ]);
    return new App(map, readDataset(rows, columns, config.rows), basemap, config.bases, config.nothing);
  } catch (error) {
    document.body.append(
      el(
        "div",
        { class: "notice failed", role: "alert" },
        el("p", {}, "The map's data could not be loaded."),
        el("p", { class: "why" }, String(error.message)),
        el("button", { type: "button", onclick: () => location.reload() }, "Try again"),
      ),
    );
    throw error;
  }
}

/** What there is to say, with a dot between. */
const joined = (...parts) => parts.filter(Boolean).join(" · ");

/** As it stands in the link. */
const cameraText = ({ zoom, lat, lon }) => `${+zoom.toFixed(2)}/${lat.toFixed(4)}/${lon.toFixed(4)}`;

/** What a report asks for, or a command says: to tell an answer by. */
function asked(start, end, { selected, base, lang, facets }) {
  return JSON.stringify([start, end, selected, base, lang, Object.entries(facets).sort()]);
}

/** The home view's zoom is meant for a map of 700 pixels; a narrower one stands further off, to show as much. */
function homeZoom(map) {
  const further = Math.min(0, Math.log2(innerWidth / 700));
  return Math.max(map.getMinZoom(), Math.round((map.getZoom() + further) * 4) / 4);
}

/**
 * What the frame's parts share. They read map, data, home, palette, window {start, end}, facets, selected, base,
 * lang, basemap, selection and states, and call setWindow(), choose(), select(), setBase(), setLang(); each has a show() that is called
 * after a change.
 */
export class App {
  constructor(map, data, basemap, bases, nothing) {
    this.map = map;
    this.data = data;
    /** All that is known, where `data` holds what was known on a day. */
    this.all = data;
    adoptTextSize();
    this.home = { zoom: homeZoom(map), lat: map.getCenter().lat, lon: map.getCenter().lng };
    this.basemap = new Basemap(map, basemap.layers, bases, data.style, () => this.#refresh());
    this.scene = new Scene(map, data, basemap.labels);
    this.tip = el("div", { class: "tip", role: "status", hidden: true });
    this.nothing = nothing;
    this.kept = [];
    this.failure = el("p", { class: "notice", role: "status", hidden: true });
    map.getContainer().append(this.tip, this.failure);
    const controls = new Controls(this);
    this.parts = [new KeyboardNavigation(this), controls, new Legend(this), new Empty(this, controls.messages)];
    map.on("click", (event) => this.#click(event));
    map.on("dblclick", () => clearTimeout(this.clearing));
    map.on("mousemove", (event) => this.#hover(event));
    map.on("mouseout movestart", () => (this.tip.hidden = true));
    map.on("moveend", () => this.#moved());
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    onNavigate(() => this.#navigated());
    onReturn(() => this.#returned());
    onAct((verb, value) => this.#anticipate(verb, value));
    onEscape(() => this.deselect());
    onSearch((text) => this.#search(text));
    onTheme((theme) => this.#theme(theme));
    if (basemap.unreadable.length)
      this.#note(`Part of the basemap could not be read: ${basemap.unreadable.join("; ")}`);
  }

  /** Say something that stays until it is read. */
  #note(text) {
    const note = el("p", { class: "notice", role: "status" }, text, " ");
    note.append(el("button", { type: "button", onclick: () => note.remove() }, "Dismiss"));
    this.map.getContainer().append(note);
  }

  /** @param {object} config what folium_map.py's Timeline sends */
  addTimeline(config) {
    this.timeline = new Timeline(this, config);
    document.body.append(this.timeline.element);
    this.parts.push(this.timeline);
    this.#refresh();
  }

  /** Show what Python asks for; see folium_map.py's command(). */
  show(command) {
    if (this.#behind(command)) return;
    const first = !this.command;
    this.command = command;
    this.facets = command.facets;
    this.terms = command.terms;
    this.known = command.known;
    this.marks = command.show;
    this.lang = command.lang;
    this.data = asKnown(this.all, command.known);
    // A hand on the timeline goes before what the server says.
    if (!this.timeline?.dragging) this.window = { start: command.from, end: command.to };
    const chosen = command.selected && command.selected !== this.selected;
    this.selected = command.selected;
    this.base = command.base;
    this.basemap.use(this.base);
    this.mark = this.#marked(command);
    if (command.step !== this.step) this.commanded = undefined; // a briefing's step looks where it says, whatever was seen before
    this.step = command.step;
    // What a link shows is where it says; what is selected since is brought into sight.
    this.revealing = !this.#look(command.camera) && chosen && (first ? "at once" : "moving");
    this.#keepCamera(); // at once: Python may have written an older one into the link
    this.#refilter();
  }

  /** Resolve the filters and show what passes: at once, but for the first search, whose text is fetched. */
  #refilter() {
    const view = { facets: this.facets, terms: this.terms, known: this.known };
    const arrived = (filter) => {
      if (view.facets !== this.facets || view.terms !== this.terms) return; // overtaken by another
      this.filter = filter;
      this.#refresh();
      window.laydown.state = () => this.state();
      if (this.revealing) this.reveal(this.revealing === "moving");
      this.revealing = "";
    };
    const filter = resolve(this.data, view);
    if (!(filter instanceof Promise)) arrived(filter);
    else filter.then(arrived, (error) => this.#fail("The text to search in could not be loaded.", error));
  }

  #fail(text, error) {
    this.failure.textContent = text;
    this.failure.hidden = false;
    console.error("laydown:", error);
  }

  /** The selected row as {type, number}, or null. @param {{selected: string, number: number}} command */
  #marked({ selected, number }) {
    const [type, id] = selected.split(/:(.*)/s);
    if (type === "incident") return { type, number };
    const rows = { site: this.data.sites, movement: this.data.movements }[type];
    return rows ? { type, number: rows.numbers.get(id) } : null;
  }

  /** Tell Python all that may be changed here, each time: of two reports in a row it may see only the last. */
  #report() {
    const { start, end } = this.window;
    const { from, to } = this.command;
    // What the last command says already has no answer: the next would say nothing new.
    const news = this.awaited || asked(start, end, this) !== asked(from, to, this.command);
    this.awaited = news ? asked(start, end, this) : null;
    clearTimeout(this.giveUp);
    this.giveUp = setTimeout(() => {
      this.awaited = null;
      this.cleared = false;
      if (this.missed) this.show(this.missed);
    }, PATIENCE_MS);
    const { selected, base, lang, facets } = this;
    const window = [iso(start), iso(end)];
    this.playing = Boolean(this.timeline?.player.playing);
    // What is more than the playing is a step of its own, from the link as it was.
    const more = this.cleared || asked(start, end, this) !== asked(start, end, this.command);
    linkWindow(this.playing && !more ? window : null);
    report({ window, playing: this.playing, selected, base, lang, facets, cleared: Boolean(this.cleared) });
  }

  /** Show what another link says, and play no further. */
  #navigated() {
    this.commanded = undefined;
    this.cleared = false;
    this.timeline?.halt();
    if (!this.playing) return;
    this.playing = false;
    this.awaited = null;
    report({});
  }

  /** Say again what Python may not have heard while the connection was away; what cannot be said is undone. */
  #returned() {
    if (!this.command || this.timeline?.dragging) return;
    const { from, to } = this.command;
    if (asked(this.window.start, this.window.end, this) !== asked(from, to, this.command)) this.#report();
    else this.show(this.command);
  }

  /** Whether a command was sent before Python knew of the last report: showing it would undo what the hand did. */
  #behind(command) {
    this.missed = null;
    const heard = !this.awaited || asked(command.from, command.to, command) === this.awaited;
    if (heard && !(this.cleared && (command.terms.length || command.known))) {
      this.awaited = null;
      this.cleared = false;
      clearTimeout(this.giveUp);
      return false;
    }
    this.missed = command;
    return true;
  }

  /** See boot.js. */
  state() {
    return {
      ready: true,
      window: { from: iso(this.window.start), to: iso(this.window.end) },
      shown: {
        sites: this.selection.sites.length,
        incidents: this.selection.incidents.count,
        movements: this.selection.movements.numbers.length,
      },
      selected: this.selected,
      marks: this.marks,
      camera: this.#camera(),
    };
  }

  /**
   * Go where the link says, once for each link: a rerun that says the same again must not undo a pan.
   * @returns {boolean} whether it said where
   */
  #look(camera) {
    const asked = JSON.stringify(camera);
    if (asked === this.commanded) return false;
    const arrived = this.commanded === undefined;
    this.commanded = asked;
    const there = camera ? { zoom: camera[0], lat: camera[1], lon: camera[2] } : this.home;
    // What this map itself wrote into the link comes back when the hand may have moved on.
    if (!arrived && (!camera || this.kept.includes(cameraText(there)))) return false;
    this.asked = there;
    // Where it looks already nothing need be drawn anew for a pixel.
    if (!this.#stillAt(this.asked))
      this.map.setView([this.asked.lat, this.asked.lon], this.asked.zoom, { animate: false });
    return Boolean(camera);
  }

  #refresh() {
    if (!this.filter || !this.palette) return;
    const { start, end } = this.window;
    this.selection = select(this.data, this.filter, start, end);
    this.states = siteStates(this.data, start, end);
    const { selection, states, mark, pointed } = this;
    // A street map names its towns itself; photographs name none.
    const named = this.basemap.online !== "shown" || this.base === "esri-imagery";
    this.scene.show({
      selection,
      states,
      selected: mark,
      palette: this.basemap.inks,
      end,
      pointed,
      named,
      marks: this.marks,
      lang: this.lang,
    });
    for (const part of this.parts) part.show();
    this.failure.hidden = true;
  }

  /** Show another window; when it is `done` changing, Python is told. */
  setWindow(start, end, done) {
    this.window = { start, end };
    announceWindow([iso(start), iso(end)]);
    if (!done) {
      this.following ??= requestAnimationFrame(() => {
        this.following = null;
        this.#refresh();
      });
      return;
    }
    this.#refresh();
    if (this.playing || start !== this.command.from || end !== this.command.to) this.#report();
  }

  /** Choose a value of a facet, or no longer. @param {string} key a facet's, such as "kind" */
  choose(key, value) {
    this.#toggle(key, value);
    this.#report();
  }

  #toggle(key, value) {
    const chosen = this.facets[key] ?? [];
    const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    const { [key]: _, ...others } = this.facets;
    this.facets = next.length ? { ...others, [key]: next } : others;
    this.#refilter();
  }

  /** Show at once what a press in the page around will ask for: Python, which hears of it too, says the same later. */
  #anticipate(verb, value) {
    if (verb in this.data.incidents.facets) this.#toggle(verb, value);
    else if (verb === "clear") this.#clear();
    else if (verb === "deselect") this.#unmark();
    else if (verb === "window" && this.window) {
      const [start, end] = value.split("/").map(dayNumber);
      this.window = { start, end };
      this.#refresh();
    }
  }

  #clear() {
    this.facets = {};
    this.terms = [];
    this.known = null;
    this.data = asKnown(this.all, null);
    this.#refilter();
  }

  /** Clear all filters: what is chosen, what is searched for, and the day of knowledge. */
  clearFilters() {
    this.#clear();
    this.cleared = true;
    this.#report();
  }

  /** Show all the days that the data spans. */
  showAllDates() {
    const { first, last } = this.data.extent;
    if (this.timeline) this.timeline.take(first, last);
    else this.setWindow(first, last, true);
  }

  /** Show what is searched for while it is typed; Python hears of it when the typing is done. */
  #search(text) {
    if (!this.command) return;
    this.cleared = false;
    this.terms = terms(text);
    this.#refilter();
  }

  /** Lay another basemap under the rows, which the visitor has chosen. @param {string} slug */
  setBase(slug) {
    this.base = slug;
    this.basemap.use(slug, true);
    this.#refresh();
    this.#report();
  }

  /** Name places in another language, or in both. @param {""|"en"|"ar"} lang */
  setLang(lang) {
    this.lang = lang;
    this.#refresh();
    this.#report();
  }

  /** Select a row. @param {"site"|"incident"|"movement"} type @param {number} number */
  async select(type, number) {
    const mark = { type, number };
    this.mark = mark;
    this.#refresh();
    const { sites, movements, texts } = this.data;
    const id =
      type === "incident" ? (await texts.get([number]))[0].id : { site: sites, movement: movements }[type].id[number];
    if (this.mark !== mark) return; // another was selected meanwhile
    this.selected = `${type}:${id}`;
    this.#report();
  }

  #unmark() {
    this.mark = null;
    this.selected = "";
    if (this.filter) this.#refresh();
  }

  /** Select nothing. */
  deselect() {
    if (!this.selected && !this.mark) return;
    this.#unmark();
    this.#report();
  }

  /** Move the map so that what is selected can be seen: a movement's whole line, or else its middle. */
  reveal(moving = true) {
    if (!this.mark) return;
    const { mark, scene, map } = this;
    const line = (mark.type === "movement" && scene.movementPath(mark.number)?.points) || [];
    const at = scene.where(mark);
    const shift = [line, at ? [at] : []]
      .filter((points) => points.length)
      .map((points) => shiftIntoSight(points, map.getSize(), coveredNow(), CLEAR_PX))
      .find((found) => found);
    if (!shift || !Math.hypot(...shift)) return;
    const animate = moving && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    map.panBy(
      shift.map((pixels) => -pixels),
      { animate, duration: 0.15 },
    );
  }

  /** Point at a row, as hovering does, for those without a mouse; null points at none. */
  point(type, number) {
    this.pointed = type && { type, number };
    const at = type && this.scene.where(this.pointed);
    this.tip.hidden = !at;
    if (at) {
      this.hovered = `${type} ${number} pointed`;
      this.#tell(type, number, 0, this.hovered);
      this.map.panInside(this.map.containerPointToLatLng(at), { padding: [60, 60], animate: false });
      this.#placeTip(...this.scene.where(this.pointed));
    }
    this.#refresh();
  }

  /** The titles of incidents. @param {number[]} numbers @returns {Promise<string[]>} */
  async titles(numbers) {
    return (await this.data.texts.get(numbers)).map(({ title }) => title);
  }

  /**
   * Select what was pressed; where several incidents lie on one spot, spread them out to choose from. The empty map closes
   * what was spread out, or else selects nothing.
   */
  #click({ containerPoint: { x, y }, originalEvent }) {
    const { incidents } = this.scene;
    clearTimeout(this.clearing);
    const [hit] = this.scene.at(x, y);
    const several =
      hit && (hit.stamped === undefined ? hit.rows : incidents.around(hit.stamped).map((number) => ({ number })));
    if (several?.length > 1)
      incidents.openFan(
        several.map(({ number }) => number),
        hit.x,
        hit.y,
      );
    else if (hit)
      this.select(hit.rows[0].type, hit.rows[0].number).catch((error) =>
        this.#fail("That row could not be loaded.", error),
      );
    const onMap =
      originalEvent.target === this.map.getContainer() || this.map.getPane("mapPane").contains(originalEvent.target);
    if (!hit && onMap && !incidents.fan) this.clearing = setTimeout(() => this.deselect(), DOUBLE_MS);
    if (!hit) incidents.openFan([]);
    this.scene.draw(); // now, so that a fan can be pressed however fast the next press comes
  }

  #hover({ containerPoint: { x, y } }) {
    const [hit] = this.scene.at(x, y);
    this.map.getContainer().style.cursor = hit ? "pointer" : "";
    this.tip.hidden = !hit;
    if (!hit) {
      this.hovered = null;
      return;
    }
    const { type, number } = hit.rows[0];
    const more = hit.rows.length - 1;
    const key = `${type} ${number} ${more}`;
    if (this.hovered !== key) {
      this.hovered = key;
      this.#tell(type, number, more, key);
    }
    this.#placeTip(x, y);
  }

  /** Fill the hover card; an incident's title comes when it has been fetched. */
  async #tell(type, number, more, key) {
    const fill = (title) => {
      const lines = [el("strong", {}, title), el("span", {}, this.#details(type, number))];
      if (more) lines.push(el("span", {}, `and ${more} more here: press to spread them out`));
      this.tip.replaceChildren(...lines);
    };
    const { data } = this;
    if (type !== "incident") fill(type === "site" ? data.sites.name[number] : data.movements.title[number]);
    else {
      fill(data.texts.peek(number)?.title ?? "…");
      const [{ title }] = await data.texts.get([number]).catch(() => [{ title: "Its title could not be loaded" }]);
      if (this.hovered === key) fill(title);
    }
  }

  #placeTip(x, y) {
    const size = this.map.getSize();
    const { offsetWidth: width, offsetHeight: height } = this.tip;
    const left = Math.max(8, Math.min(x + 14, size.x - width - 8));
    const top = y + 18 + height > size.y ? y - height - 12 : y + 18;
    this.tip.style.transform = `translate(${left}px, ${top}px)`;
  }

  /** A row in a few words. */
  #details(type, number) {
    const { data } = this;
    const rows = { site: data.sites, incident: data.incidents, movement: data.movements }[type];
    const rivals = this.scene.isDisputed(rows, number) ? "sources disagree" : "";
    if (type === "site") {
      return joined(this.standing(number), this.#precision(data.sites.precision[number]), rivals);
    }
    const bounds = ["start_first", "start_last", "end_first", "end_last"].map((name) => rows[name][number]);
    if (type === "movement")
      return joined(span(...bounds), rows.moved[number], `confidence ${rows.sure[number]}`, rivals);
    const { codes, combos } = rows.facets.confidence;
    return joined(span(...bounds), this.#where(number), `confidence ${combos[codes[number]][0]}`, rivals);
  }

  #where(i) {
    const { incidents, sites } = this.data;
    const site = incidents.site(i);
    const place = site >= 0 ? sites.name[site] : incidents.placeName(i);
    return [place, this.#precision(incidents.precision(i))].filter(Boolean).join(", ");
  }

  #precision(precision) {
    return { town: "town", district: "district", country: "whole area", undisclosed: "undisclosed" }[precision] ?? "";
  }

  /** How a site stands on the window's last day, in a few words. @param {number} site */
  standing(site) {
    const { status, force, possible, previous } = this.states[site];
    const name = (number) => this.data.forces[number]?.name ?? "";
    return {
      held: `${possible ? "possibly held" : "held"}: ${name(force)}`,
      "handed-over": `handed over: ${name(previous)} → ${name(force)}`,
      vacated: `vacated: ${name(previous)} left`,
      former: `formerly ${name(previous)}`,
      unknown: "no holder on record",
    }[status];
  }

  #moved() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.#keepCamera(), CAMERA_SETTLE_MS);
  }

  /** Say in the link where the map looks. */
  #keepCamera() {
    const text = cameraText(this.#stillAt(this.asked) ? this.asked : this.#camera());
    linkCamera(this.#stillAt(this.home) ? null : text);
    this.kept = [text, ...this.kept.filter((other) => other !== text)].slice(0, CAMERAS_KEPT);
  }

  #camera() {
    const { lat, lng } = this.map.getCenter();
    return { zoom: this.map.getZoom(), lat, lon: lng };
  }

  /** Whether the map looks where it was told to, give or take the pixels that Leaflet rounds. */
  #stillAt({ zoom, lat, lon }) {
    const shift = this.map.project(this.map.getCenter(), zoom).distanceTo(this.map.project([lat, lon], zoom));
    return this.map.getZoom() === zoom && shift < 4;
  }

  #theme(theme) {
    document.documentElement.dataset.theme = theme;
    this.palette = this.data.style.palettes[theme];
    this.basemap.paint(this.palette);
    this.#refresh();
  }
}
