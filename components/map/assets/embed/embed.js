/**
 * The map as a page of its own: an embed in another site, or a file. It answers the map's reports in Python's place, keeps
 * the address and the way into Laydown at what is on view, and shows the card of what is selected and the sources.
 */

import { keepOff } from "../draw/labels.js";
import { dayNumber, short } from "../time/days.js";
import { Panel } from "./panel.js";

/** What only an embed's address says: it does not go into Laydown's link. */
const OWN = ["timeline", "filters"];

/** Change an element's text only where it is another: a screen reader need not look again. */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export class Embed {
  /**
   * @param {import("../app.js").App} app
   * @param {object} config
   * @param {string} config.page address of Laydown's page
   * @param {string} config.query what the embed was asked for, as far as it was understood
   * @param {Record<string, string>} config.own the embed's own keys as they were asked for
   * @param {{from: string, to: string}} config.home the dataset's window
   * @param {Record<"asked"|"whole", {age: string, after: string, checked: number | null}>} config.records how old the record
   *   is, as known on the day that was asked for and as known now: view/record.py
   * @param {string[]} config.facets keys
   * @param {boolean} config.addressed whether the address is this page's to keep
   */
  constructor(app, config) {
    this.app = app;
    this.config = config;
    this.query = new URLSearchParams(config.query);
    this.open = document.querySelector(".credit .open");
    this.window = document.querySelector(".credit .window");
    this.known = document.querySelector(".credit .known");
    this.age = document.querySelector(".credit .age");
    this.card = new Panel(config, app, (shown) => this.#closed(shown));
    document.body.append(this.card.element);
    keepOff(this.card.element, () => app.scene.redraw());
    app.parts.push(this);
    addEventListener("laydown:report", ({ detail }) => this.#answer(detail));
    addEventListener("laydown:camera", ({ detail }) => this.#keep({ map: detail }));
    document.querySelector(".credit .sources")?.addEventListener("click", () => this.card.tellSources(this.query));
    for (const notice of document.querySelectorAll(".notices button")) {
      notice.addEventListener("click", () => notice.closest(".notices").remove());
    }
    this.#keep({});
    if (app.selected) this.#tell();
  }

  /** Say the window, which here may have no timeline, and how old the record is. Called after every change. */
  show() {
    const { start, end } = this.app.window;
    const asked = Boolean(this.app.known);
    say(this.window, start === end ? short(end) : `${short(start)} – ${short(end)}`);
    say(this.age, this.#record(end, asked ? this.config.records.asked : this.config.records.whole));
    if (!asked) say(this.known, "");
  }

  /** How old the record is; of a window that ends after it, that it does. */
  #record(end, { age, after, checked }) {
    return checked !== null && end > checked ? after : age;
  }

  /** Show the card of what is selected, and that itself beside it, wherever a link says that the map looks. */
  async #tell() {
    await this.card.tell(this.app.selected, this.query);
    this.app.reveal();
  }

  /** Show what the map reports, as Python would. */
  #answer({ window: [from, to], selected, base, lang, facets, cleared }) {
    const { app } = this;
    const before = app.selected === app.command.selected;
    const number = app.mark?.type === "incident" ? app.mark.number : -1;
    const others = cleared ? { terms: [], known: null } : {};
    app.show({
      ...app.command,
      from: dayNumber(from),
      to: dayNumber(to),
      selected,
      number,
      base,
      lang,
      facets,
      ...others,
    });
    const { home } = this.config;
    this.#keep({
      from: from === home.from ? null : from,
      to: to === home.to ? null : to,
      sel: selected || null,
      base: base === "vector" ? null : base,
      lang: lang || null,
      ...(cleared ? { q: null, known: null } : {}),
      ...Object.fromEntries(this.config.facets.map((key) => [key, facets[key] ?? null])),
    });
    if (!selected) this.card.leave();
    else if (!before) this.#tell();
  }

  /** Behind the sources is the card of what is selected; behind a card nothing is. */
  #closed(shown) {
    const { app } = this;
    if (shown === "sources") {
      if (app.selected) this.#tell();
      return;
    }
    app.deselect();
  }

  /** Set keys of the link, null to leave them out; no step in the history, as the page around has its own. */
  #keep(values) {
    for (const [key, value] of Object.entries(values)) {
      this.query.delete(key);
      for (const one of [value ?? []].flat()) this.query.append(key, one);
    }
    this.query.sort(); // as view/citation.py writes it
    const link = (query) => String(query) && `?${query}`.replaceAll("%2F", "/").replaceAll("%3A", ":");
    if (this.open) this.open.href = this.config.page + link(this.query);
    if (!this.config.addressed) return;
    const own = new URLSearchParams(this.query);
    for (const key of OWN) if (this.config.own[key]) own.set(key, this.config.own[key]);
    try {
      history.replaceState(history.state, "", location.pathname + link(own));
    } catch (error) {
      if (error.name !== "SecurityError") throw error; // in a sandbox the address stays as it is
    }
  }
}
