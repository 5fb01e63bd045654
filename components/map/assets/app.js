/**
 * The map's frame: fetches a dataset once, shows the View that Python sends, follows the timeline while it is
 * dragged, and tells Python when the window is let go or a row is clicked.
 */

import { Basemap } from "./basemap.js";
import { Controls } from "./controls.js";
import { adoptFonts, linkCamera, onNavigate, onTheme, report } from "./bridge.js";
import { extent, readDataset } from "./dataset.js";
import { iso, span } from "./days.js";
import { el } from "./dom.js";
import { Legend } from "./legend.js";
import { PALETTES } from "./palette.js";
import { siteStates } from "./posture.js";
import { Scene } from "./scene.js";
import { resolve, select } from "./select.js";
import { Timeline } from "./timeline.js";

const CAMERA_SETTLE_MS = 200;
/** How long a report may stay without an answer before whatever Python said since is shown. */
const PATIENCE_MS = 3000;

async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText} for ${address}`);
  return response.json();
}

/**
 * Fetch the rows and the basemap and set everything up.
 * @param {L.Map} map
 * @param {{rows: string, basemap: string}} config addresses
 * @returns {Promise<App>}
 */
export async function start(map, config) {
  try {
    const [rows, basemap] = await Promise.all([fetched(config.rows), fetched(config.basemap)]);
    return new App(map, readDataset(rows), basemap);
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

/** What a report asks for, to tell its answer by. */
function asked(start, end, selected, facets) {
  return JSON.stringify([start, end, selected, Object.entries(facets).sort()]);
}

/** The home view's zoom is meant for a map of 700 pixels; a narrower one stands further off, to show as much. */
function homeZoom(map) {
  const further = Math.min(0, Math.log2(innerWidth / 700));
  return Math.max(map.getMinZoom(), Math.round((map.getZoom() + further) * 4) / 4);
}

/**
 * What the frame's parts share. They read map, data, home, extent, palette, window {start, end}, facets, selected,
 * selection and states, and call setWindow(), choose(), select(); each has a show() that is called after a change.
 */
export class App {
  constructor(map, data, basemap) {
    this.map = map;
    this.data = data;
    adoptFonts();
    // A font arrives when it is first used: what was drawn without it is drawn again.
    document.fonts.addEventListener("loadingdone", () => this.#refresh());
    this.home = { zoom: homeZoom(map), lat: map.getCenter().lat, lon: map.getCenter().lng };
    this.extent = extent(data) ?? { first: 0, last: 0 };
    this.basemap = new Basemap(map, basemap.layers);
    this.scene = new Scene(map, data, basemap.labels);
    this.tip = el("div", { class: "tip", role: "status", hidden: true });
    this.empty = el("p", { class: "notice", role: "status", hidden: true }, "Nothing matches in this window. Widen it, or clear a filter.");
    map.getContainer().append(this.tip, this.empty);
    this.parts = [new Controls(this), new Legend(this)];
    map.on("click", (event) => this.#click(event));
    map.on("mousemove", (event) => this.#hover(event));
    map.on("mouseout movestart", () => (this.tip.hidden = true));
    map.on("moveend", () => this.#moved());
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    onNavigate(() => (this.commanded = undefined));
    onTheme((theme) => this.#theme(theme));
  }

  /** @param {object} config what figure.py's Timeline sends */
  addTimeline(config) {
    this.timeline = new Timeline(this, config);
    document.body.append(this.timeline.element);
    this.parts.push(this.timeline);
    this.#refresh();
  }

  /** Show what Python asks for; see figure.py's command(). */
  show(command) {
    if (this.#behind(command)) return;
    this.command = command;
    this.facets = command.facets;
    this.filter = resolve(this.data, command);
    // A hand on the timeline goes before what the server says.
    if (!this.timeline?.dragging) this.window = { start: command.from, end: command.to };
    this.selected = command.selected;
    this.#look(command.camera);
    this.#refresh();
    this.#moved();
    window.laydown.state = () => this.state();
  }

  /** Tell Python all that may be changed here, each time: of two reports in a row it may see only the last. */
  #report() {
    const { start, end } = this.window;
    this.awaited = asked(start, end, this.selected, this.facets);
    clearTimeout(this.giveUp);
    this.giveUp = setTimeout(() => {
      this.awaited = null;
      if (this.missed) this.show(this.missed);
    }, PATIENCE_MS);
    report({ window: [iso(start), iso(end)], selected: this.selected, facets: this.facets });
  }

  /** Whether a command was sent before Python knew of the last report: showing it would undo what the hand did. */
  #behind(command) {
    this.missed = null;
    if (!this.awaited) return false;
    const { from, to, selected, facets } = command;
    if (asked(from, to, selected, facets) === this.awaited) {
      this.awaited = null;
      clearTimeout(this.giveUp);
      return false;
    }
    this.missed = command;
    return true;
  }

  /** See boot.js. */
  state() {
    const { lat, lng } = this.map.getCenter();
    return {
      ready: true,
      window: { from: iso(this.window.start), to: iso(this.window.end) },
      shown: {
        sites: this.selection.sites.length,
        incidents: this.selection.incidents.numbers.length,
        movements: this.selection.movements.numbers.length,
      },
      selected: this.selected,
      camera: { zoom: this.map.getZoom(), lat, lon: lng },
    };
  }

  /** Go where the link says, once for each link: a rerun that says the same again must not undo a pan. */
  #look(camera) {
    const asked = JSON.stringify(camera);
    if (asked === this.commanded) return;
    const arrived = this.commanded === undefined;
    this.commanded = asked;
    if (!camera && !arrived) return;
    this.asked = camera ? { zoom: camera[0], lat: camera[1], lon: camera[2] } : this.home;
    this.map.setView([this.asked.lat, this.asked.lon], this.asked.zoom, { animate: false });
  }

  #refresh() {
    if (!this.window || !this.palette) return;
    const { start, end } = this.window;
    this.selection = select(this.data, this.filter, start, end);
    this.states = siteStates(this.data, start, end);
    const { incidents, movements } = this.selection;
    this.scene.show({ selection: this.selection, states: this.states, selected: this.selected, palette: this.palette });
    for (const part of this.parts) part.show();
    this.empty.hidden = incidents.numbers.length + movements.numbers.length > 0;
  }

  /** Show another window; when it is `done` changing, Python is told. */
  setWindow(start, end, done) {
    this.window = { start, end };
    if (!done) {
      this.following ??= requestAnimationFrame(() => {
        this.following = null;
        this.#refresh();
      });
      return;
    }
    this.#refresh();
    if (start !== this.command.from || end !== this.command.to) this.#report();
  }

  /** Choose a value of a facet, or no longer. @param {string} key a facet's, such as "kind" */
  choose(key, value) {
    const chosen = this.facets[key] ?? [];
    const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    const { [key]: _, ...others } = this.facets;
    this.facets = next.length ? { ...others, [key]: next } : others;
    this.filter = resolve(this.data, { facets: this.facets, terms: this.command.terms });
    this.#refresh();
    this.#report();
  }

  /** Select a row, such as "site:al-tanf". */
  select(row) {
    this.selected = row;
    this.#refresh();
    this.#report();
  }

  /** Select what was clicked; where several lie on one spot, each click goes on to the next. */
  #click({ containerPoint }) {
    const rows = this.scene.at(containerPoint.x, containerPoint.y);
    if (!rows.length) return;
    this.select(rows[(rows.indexOf(this.selected) + 1) % rows.length]);
  }

  #hover({ containerPoint }) {
    const rows = this.scene.at(containerPoint.x, containerPoint.y);
    this.map.getContainer().style.cursor = rows.length ? "pointer" : "";
    this.tip.hidden = !rows.length;
    if (!rows.length) return;
    const { title, when, where } = this.#told(rows[0]);
    const lines = [el("strong", {}, title), el("span", {}, [when, where].filter(Boolean).join(" · "))];
    if (rows.length > 1) lines.push(el("span", {}, `and ${rows.length - 1} more here: click again for the next`));
    this.tip.replaceChildren(...lines);
    const size = this.map.getSize();
    const { offsetWidth: width, offsetHeight: height } = this.tip;
    const left = Math.min(containerPoint.x + 14, size.x - width - 8);
    const top = containerPoint.y + 18 + height > size.y ? containerPoint.y - height - 12 : containerPoint.y + 18;
    this.tip.style.transform = `translate(${Math.max(8, left)}px, ${top}px)`;
  }

  /** A row in a few words. */
  #told(row) {
    const [type, id] = row.split(/:(.*)/s);
    const { data } = this;
    if (type === "site") {
      const s = data.sites.numbers.get(id);
      return { title: data.sites.name[s], when: this.#status(this.states[s]), where: this.#precision(data.sites.precision[s]) };
    }
    const rows = type === "incident" ? data.incidents : data.movements;
    const i = rows.numbers.get(id);
    const when = span(rows.start_first[i], rows.start_last[i], rows.end_first[i], rows.end_last[i]);
    const where = type === "incident" ? this.#where(i) : "";
    return { title: rows.title[i], when, where: [where, `confidence ${rows.sure[i]}`].filter(Boolean).join(" · ") };
  }

  #where(i) {
    const { incidents, sites } = this.data;
    const place = incidents.site[i] >= 0 ? sites.name[incidents.site[i]] : incidents.place[i];
    return [place, this.#precision(incidents.precision[i])].filter(Boolean).join(", ");
  }

  #precision(precision) {
    return { town: "town", district: "district", country: "whole area", undisclosed: "undisclosed" }[precision] ?? "";
  }

  #status({ status, force, possible, previous }) {
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
    this.settling = setTimeout(() => {
      const { zoom, lat, lon } = this.#stillAt(this.asked) ? this.asked : this.state().camera;
      const text = `${+zoom.toFixed(2)}/${lat.toFixed(4)}/${lon.toFixed(4)}`;
      linkCamera(this.#stillAt(this.home) ? null : text);
    }, CAMERA_SETTLE_MS);
  }

  /** Whether the map looks where it was told to, give or take the pixels that Leaflet rounds. */
  #stillAt({ zoom, lat, lon }) {
    const shift = this.map.project(this.map.getCenter(), zoom).distanceTo(this.map.project([lat, lon], zoom));
    return this.map.getZoom() === zoom && shift < 4;
  }

  #theme(theme) {
    document.documentElement.dataset.theme = theme;
    this.palette = PALETTES[theme];
    this.basemap.paint(this.palette);
    this.#refresh();
  }
}
