/**
 * The map's frame: shows the view that Python asks for, follows the timeline while it is dragged, and reports to Python
 * when the window is let go, a row is selected or a filter chosen.
 */

import { adoptTextSize, announceWindow, onTheme } from "./bridge.js";
import { Camera } from "./camera.js";
import { Divide } from "./compare/divide.js";
import { compared } from "./compare/halves.js";
import { Controls } from "./controls/controls.js";
import { Empty } from "./controls/empty.js";
import { KeyboardNavigation } from "./controls/keyboard.js";
import { addLandmarks } from "./controls/landmarks.js";
import { Legend } from "./controls/legend.js";
import { boxed } from "./data/box.js";
import { asKnown } from "./data/dataset.js";
import { levels } from "./data/levels.js";
import { select } from "./data/select.js";
import { SiteStates } from "./data/site_states.js";
import { Basemap, IMAGERY } from "./draw/basemap.js";
import { lettered, onForced } from "./draw/letters.js";
import { rivalsOf } from "./draw/rivals.js";
import { Scene } from "./draw/scene.js";
import { Filters } from "./filters.js";
import { InView } from "./in_view.js";
import { Lights } from "./lights.js";
import { offerNewer } from "./newer.js";
import { Notices } from "./notices.js";
import { followPage } from "./page_around.js";
import { PublicBy } from "./public_by.js";
import { Reports } from "./reports.js";
import { RowTooltip } from "./row_tooltip.js";
import { SelectedRow } from "./selection.js";
import { atOnce } from "./slices.js";
import { iso } from "./time/days.js";
import { Timeline } from "./timeline/timeline.js";
import { changed, fromCommand, keyOf } from "./view_state.js";

/**
 * @typedef {import("./view_state.js").ViewState} ViewState
 * @typedef {import("./view_state.js").Command} Command
 * @typedef {import("./data/dataset.js").Dataset} Dataset
 * @typedef {{type: "site" | "incident" | "movement", number: number}} Mark a row, by its number in the dataset
 * @typedef {ReturnType<typeof select>} OnView the rows on view
 * @typedef {{show(): void}} Part something that shows what is on view; show() is called after every change
 *
 * @typedef {object} Config what folium_map.py's EventLayer sends
 * @property {Record<"json"|"bin"|"text"|"texts", string>} rows addresses of the rows document
 * @property {string} basemap address
 * @property {import("./newer.js").Newest} newest
 * @property {import("./draw/basemap.js").Online[]} bases the online basemaps
 * @property {string} nothing why there is no data at all, and what to do; "" where there is some
 * @property {boolean} filters whether the key filters, too: where there is no sidebar
 * @property {string[]} reported the view's fields that are reported; see map/protocol.py
 */

/** Holds the view and what follows from it, and wires the parts: each reads this, and calls its methods. */
export class App {
  // There from the first command on, before which no part is shown.
  /** What is asked for, the visitor's changes that Python has not heard of included. @type {ViewState} */
  view = /** @type {any} */ (undefined);
  /** What Python has asked for last. @type {ViewState} */
  command = /** @type {any} */ (undefined);
  /** What Python itself has asked for last. @type {Command | undefined} */
  #said;
  /** Whether the page around has answered since. */
  #answered = false;
  /** Which rows the filters let through. @type {import("./data/select.js").Filter | undefined} */
  filter;
  /** Which rows are counted: those in the view's box alone, where it has one. @type {import("./data/select.js").Filter | undefined} */
  counting;
  /** Of which box `counting` is. @type {ViewState["box"]} */
  #box = null;
  /** What the filters let through and the window holds. @type {OnView} */
  selection = /** @type {any} */ (undefined);
  /** What of it is counted. @type {OnView} */
  counted = /** @type {any} */ (undefined);
  /** How each site stands on the window's last day. @type {import("./data/posture.js").SiteState[]} */
  states = [];
  #kept = new SiteStates();
  /** How each stood on its first, where the map is compared. @type {import("./compare/halves.js").Compared | null} */
  compared = null;
  /** The colours of the page's theme. @type {import("./draw/style.js").Palette} */
  palette = /** @type {any} */ (undefined);
  /** @type {Timeline | undefined} */
  timeline;
  /** How what is selected is to be brought into sight once it is on view: "moving", "at once", or not at all. */
  revealing = "";
  /** What calls show() of each part with the next frame. @type {number | null} */
  #following = null;

  /**
   * @param {import("leaflet").Map} map
   * @param {Dataset} data
   * @param {any} basemap the basemap document
   * @param {Config} config
   */
  constructor(map, data, basemap, config) {
    this.map = map;
    /** All that is known, where `data` holds what was known on the view's day. */
    this.all = data;
    this.data = data;
    this.nothing = config.nothing;
    adoptTextSize();
    addLandmarks(map.getContainer());
    this.camera = new Camera(map, data);
    this.basemap = new Basemap(map, basemap, config.bases, data.style, () => this.refresh());
    this.scene = new Scene(map, data, basemap.labels);
    this.scene.graticule = this.basemap.graticule;
    this.reports = new Reports(this, config.reported);
    this.filters = new Filters(this);
    this.row = new SelectedRow(this);
    this.tooltip = new RowTooltip(this);
    this.inView = new InView(this);
    this.notices = new Notices(map.getContainer());
    offerNewer(this.notices, data.version, config.newest);
    const controls = new Controls(this);
    this.divide = new Divide(this, controls.messages);
    /** @type {Part[]} */
    this.parts = [
      new KeyboardNavigation(this),
      new Lights(this),
      new PublicBy(this),
      this.inView,
      controls,
      this.divide,
      new Legend(this, config.filters),
      new Empty(this, controls.messages),
    ];
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    followPage(this);
    onTheme((theme) => this.#paint(theme));
    onForced(() => this.refresh());
    if (basemap.unreadable.length)
      this.notices.note(`Part of the basemap could not be read: ${basemap.unreadable.join("; ")}`);
  }

  /** @param {ConstructorParameters<typeof Timeline>[1]} config what folium_map.py's Timeline sends */
  addTimeline(config) {
    this.timeline = new Timeline(this, config);
    document.body.append(/** @type {HTMLElement} */ (this.timeline.element));
    this.map.invalidateSize({ animate: false }); // at once: what is shown first is drawn for the smaller map
    this.parts.push(this.timeline);
    this.refresh();
  }

  /** Hear what Python asks for; see command() in map/protocol.py. @param {Command} command */
  hear(command) {
    this.#said = command;
    this.#answered = false;
    this.show(command);
  }

  /** The page around answers in Python's place (panels/assets/navigation.js); where the map looks it does not know. @param {Command} command */
  answer(command) {
    this.#answered = true;
    this.show({ ...command, camera: this.command.camera });
  }

  /**
   * Python's script has run and shows the window of these ISO days. It sends no command where it has asked for the same
   * before, though the map, or the page around in its place, has gone elsewhere since.
   * @param {{start: string, end: string}} days
   */
  ran({ start, end }) {
    const said = this.#said;
    if (!said || iso(said.start) !== start || iso(said.end) !== end) return;
    if (this.#answered || this.view.start !== said.start || this.view.end !== said.end) this.hear(said);
  }

  /** Show what is asked for, by Python or in its place. @param {Command} command */
  show(command) {
    if (!this.reports.accepts(command)) return;
    const before = this.view;
    this.command = fromCommand(command);
    // A hand on the timeline goes before what the server says.
    const held = before && this.timeline?.dragging ? { start: before.start, end: before.end } : {};
    this.view = changed(this.command, this.divide.held ? { ...held, compare: before.compare } : held);
    this.data = asKnown(this.all, this.view.known);
    this.basemap.use(this.view.base);
    this.row.follow();
    if (this.view.step !== before?.step) this.camera.forget(); // a briefing's step looks where it says, whatever was seen before
    const led = this.camera.look(this.view.camera);
    // What a link shows is where it says; what is selected since is brought into sight.
    const chosen = !led && this.view.selected && this.view.selected !== before?.selected;
    this.revealing = chosen ? (before ? "moving" : "at once") : "";
    this.camera.keep(); // at once: Python may have written an older one into the link
    if (before && !this.revealing && this.#shows(before)) return;
    this.filters.apply();
  }

  /** Whether what is asked for is shown already, since it was asked for as another view: most answers say what was done here. @param {ViewState} before */
  #shows(before) {
    const { view } = this;
    const names = Object.keys(view).filter((name) => name !== "camera");
    return !view.known && this.filters.stand(view) && keyOf(before, names) === keyOf(view, names);
  }

  /** Change what is asked for; refresh() shows it. @param {Partial<ViewState>} patch */
  change(patch) {
    this.view = changed(this.view, patch);
  }

  /** Show the rows that the filters let through, now that they are known. @param {import("./data/select.js").Filter} filter */
  filtered(filter) {
    if (filter !== this.filter) this.counting = undefined;
    this.filter = filter;
    this.refresh();
    window.laydown.state = () => this.state();
    if (this.revealing) this.row.reveal(this.revealing === "moving");
    this.revealing = "";
  }

  /** What is on view; see boot.js. */
  state() {
    const { start, end, selected, show, compare } = this.view;
    return {
      ready: true,
      window: { from: iso(start), to: iso(end) },
      shown: {
        sites: this.counted.sites.length,
        incidents: this.counted.incidents.count,
        movements: this.counted.movements.numbers.length,
      },
      selected,
      marks: show,
      compare,
      camera: this.camera.place,
    };
  }

  /** Draw what is on view, and have each part show it. */
  refresh() {
    if (!this.filter || !this.palette) return;
    const { start, end, base, show, lang } = this.view;
    this.selection = select(this.data, this.filter, start, end, !this.view.box);
    this.#count();
    this.states = this.#kept.of(this.data, start, end);
    this.compared = compared(this.data, this.states, this.view, this.filter);
    this.scene.show({
      selection: this.selection,
      compared: this.compared,
      states: this.states,
      levels: levels(this.data, this.states, this.view),
      selected: this.row.mark,
      rivals: rivalsOf(this.data, this.row.mark, this.view.known),
      pointed: this.tooltip.pointed,
      palette: this.basemap.inks,
      end,
      // A street map names its towns itself; photographs name none.
      named: this.basemap.online !== "shown" || base === IMAGERY,
      marks: show,
      letters: lettered(),
      lang,
    });
    for (const part of this.parts) part.show();
    this.notices.clear();
  }

  /** Tell what is counted. On the map all is drawn: so what comes into sight is there, however fast it is moved. */
  #count() {
    const { data, filter, selection, view } = this;
    if (!filter) return;
    if (!this.counting || String(view.box) !== String(this.#box)) {
      this.counting = view.box ? atOnce(boxed(data, filter, view.box)) : filter;
      this.#box = view.box;
    }
    this.counted = view.box ? select(data, this.counting, view.start, view.end) : selection;
  }

  /** Show it in the colours of a theme. @param {import("./bridge.js").Theme} theme */
  #paint(theme) {
    document.documentElement.dataset.theme = theme;
    this.palette = this.all.style.palettes[theme];
    this.basemap.paint(this.palette);
    this.refresh();
  }

  /** Show another window; when it is `done` changing, Python is told. @param {number} start @param {number} end @param {boolean} done */
  setWindow(start, end, done) {
    this.change({ start, end });
    announceWindow(this.view);
    if (!done) {
      this.#refreshSoon();
      return;
    }
    this.refresh();
    if (this.reports.playing || start !== this.command.start || end !== this.command.end) this.reports.send();
  }

  /** Draw with the next frame. */
  #refreshSoon() {
    this.#following ??= requestAnimationFrame(() => {
      this.#following = null;
      this.refresh();
    });
  }

  /** Choose a value of a facet, or no longer. @param {string} key a facet's, such as "kind" @param {string} value */
  choose(key, value) {
    this.filters.toggle(key, value);
    this.reports.send();
  }

  /** Clear all filters: what is chosen, what is searched for, and the day of knowledge. */
  clearFilters() {
    this.filters.clear();
    this.reports.sendCleared();
  }

  /** Show all the days that the data spans. */
  showAllDates() {
    const { first, last } = this.data.extent;
    if (this.timeline) this.timeline.take(first, last);
    else this.setWindow(first, last, true);
  }

  /** Have counts and lists keep to what is in view, or no longer. @param {boolean} on */
  setInView(on) {
    this.#setBox(on ? this.inView.box : null);
  }

  /** @param {ViewState["box"]} box */
  #setBox(box) {
    this.change({ box });
    this.refresh();
    this.reports.send();
  }

  /**
   * Count what is in view, now that the map was moved: which is no step in the history. What is drawn is the same.
   * @param {ViewState["box"]} box @param {import("./data/select.js").Filter} counting what is let through there
   */
  follow(box, counting) {
    this.change({ box });
    [this.#box, this.counting] = [box, counting];
    this.#count();
    for (const part of this.parts) part.show();
    this.reports.send(true);
  }

  /** Lay another basemap under the rows, which the visitor has chosen. @param {string} slug */
  setBase(slug) {
    this.basemap.use(slug, true);
    this.#set({ base: slug });
  }

  /** Name places in another language, or in both. @param {"" | "en" | "ar"} lang */
  setLang(lang) {
    this.#set({ lang });
  }

  /** Draw everything alike, or let all but the subject and what changed step back. @param {boolean} on */
  setAlike(on) {
    this.#set({ alike: on ? "1" : "" });
  }

  /**
   * Divide the map into the window's two days, or no longer; when it is `done` moving, Python is told.
   * @param {number | null} compare in per cent of its width
   */
  setCompare(compare, done = true) {
    if (done) return this.#set({ compare });
    this.change({ compare });
    this.#refreshSoon();
  }

  /** @param {Partial<ViewState>} patch */
  #set(patch) {
    this.change(patch);
    this.refresh();
    this.reports.send();
  }

  /** Select a row. @param {Mark["type"]} type @param {number} number */
  select(type, number) {
    return this.row.select(type, number);
  }

  /** Select nothing. */
  deselect() {
    if (this.view && this.row.clear()) this.reports.send();
  }

  /** Point at a row, as hovering does, for those without a mouse; null points at none. @param {Mark | null} mark */
  point(mark) {
    this.tooltip.point(mark);
    this.refresh();
  }

  /** The titles of incidents. @param {number[]} numbers @returns {Promise<string[]>} */
  async titles(numbers) {
    return (await this.data.texts.get(numbers)).map(({ title }) => title);
  }
}
