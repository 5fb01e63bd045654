/**
 * The map as a page of its own: an embed in another site, or a file. It answers the map's reports in Python's place, keeps
 * the address and the way into Laydown at what is on view, and shows the card of what is selected and the sources.
 */

import { keepOff } from "../draw/labels.js";
import { short } from "../time/days.js";
import { linkValues } from "./link_values.js";
import { Panel } from "./panel.js";

/** What only an embed's address says: it does not go into Laydown's link. */
const OWN = ["timeline", "filters"];

/**
 * @typedef {{age: string, after: string, checked: number | null}} Age how old the record is; see view/record.py
 *
 * @typedef {object} EmbedConfig what map/embed.py's Alone sends
 * @property {string} page address of Laydown's page
 * @property {string} query what the embed was asked for, as far as it was understood
 * @property {Record<string, string>} own the embed's own keys as they were asked for
 * @property {import("./link_values.js").LinkKey[]} link
 * @property {Record<"asked" | "whole", Age>} records as known on the day that was asked for, and as known now
 * @property {boolean} addressed whether the address is this page's to keep
 */

/** Change an element's text only where it is another: a screen reader need not look again. @param {Element | null} element @param {string} text */
function say(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

export class Embed {
  /**
   * @param {import("../app.js").App} app
   * @param {EmbedConfig & ConstructorParameters<typeof Panel>[0]} config
   * @param {import("./panel.js").Around} [around] what a page that shows more has beside
   */
  constructor(app, config, around) {
    this.app = app;
    this.config = config;
    this.query = new URLSearchParams(config.query);
    this.open = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".credit .open"));
    this.window = document.querySelector(".credit .window");
    this.known = document.querySelector(".credit .known");
    this.age = document.querySelector(".credit .age");
    this.card = new Panel(config, app, (shown) => this.closed(shown), around);
    document.body.append(this.card.element);
    keepOff(this.card.element, () => app.scene.redraw());
    app.parts.push(this);
    addEventListener("laydown:report", () => this.answer());
    addEventListener("laydown:camera", (event) => {
      const { detail } = /** @type {CustomEvent<string | null>} */ (event);
      this.keep({ map: detail });
    });
    document.querySelector(".credit .sources")?.addEventListener("click", () => this.card.tellSources(this.query));
    for (const notice of document.querySelectorAll(".notices button")) {
      notice.addEventListener("click", () => notice.closest(".notices")?.remove());
    }
    this.keep({});
    if (app.view.selected) this.tell();
  }

  /** Say the window, which here may have no timeline, and how old the record is. Called after every change. */
  show() {
    const { start, end, known } = this.app.view;
    const asked = Boolean(known);
    say(this.window, start === end ? short(end) : `${short(start)} – ${short(end)}`);
    say(this.age, this.#record(end, asked ? this.config.records.asked : this.config.records.whole));
    if (!asked) say(this.known, "");
  }

  /** How old the record is; of a window that ends after it, that it does. @param {number} end @param {Age} record */
  #record(end, { age, after, checked }) {
    return checked !== null && end > checked ? after : age;
  }

  /** Show the card of what is selected, and that itself beside it, wherever a link says that the map looks. */
  async tell() {
    await this.card.tell(this.app.view.selected, this.query);
    this.app.row.reveal();
  }

  /** Answer a report as Python would: what is on view here is what was asked for, and is kept in the address. */
  answer() {
    const { app } = this;
    const { view } = app;
    const selecting = view.selected !== app.command.selected;
    app.show(view);
    this.keep(linkValues(view, this.config.link));
    if (!view.selected) this.card.leave();
    if (view.selected && selecting) this.tell();
    else this.card.renew(this.query);
  }

  /** Behind the sources is the card of what is selected; behind a card nothing is. @param {string} shown what was closed */
  closed(shown) {
    const { app } = this;
    if (shown === "sources") {
      if (app.view.selected) this.tell();
      return;
    }
    app.deselect();
  }

  /** Set keys of the link, null to leave them out; no step in the history, as the page around has its own. @param {import("./link_values.js").LinkValues} values */
  keep(values) {
    for (const [key, value] of Object.entries(values)) {
      this.query.delete(key);
      for (const one of [value ?? []].flat()) this.query.append(key, one);
    }
    this.query.sort(); // as view/citation.py writes it
    const link = (/** @type {URLSearchParams} */ query) =>
      String(query) && `?${query}`.replaceAll("%2F", "/").replaceAll("%3A", ":");
    if (this.open) this.open.href = this.config.page + link(this.query);
    if (!this.config.addressed) return;
    const own = new URLSearchParams(this.query);
    for (const key of OWN) if (this.config.own[key]) own.set(key, this.config.own[key]);
    try {
      this.address(location.pathname + link(own));
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "SecurityError") throw error; // in a sandbox the address stays as it is
    }
  }

  /** Be at an address. @param {string} link */
  address(link) {
    history.replaceState(history.state, "", link);
  }
}
