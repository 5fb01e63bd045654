/**
 * A sheet beside an embedded map: the card of what is selected, or the sources of what is on view. Both are the documents that
 * the page shows too (components/panels/), built by the same script.
 */

import { build } from "../../../panels/assets/elements.js";
import { el } from "../controls/dom.js";
import { fetched } from "../data/files.js";

/** The keys of the link that a card depends on; filters leave it as it is. */
const OF_CARD = ["from", "to", "known"];

/**
 * @typedef {import("../../../panels/assets/elements.js").MarkupNode} MarkupNode
 *
 * @typedef {object} PanelDocument what /panel/<name>.json answers
 * @property {MarkupNode[]} nodes
 * @property {Record<string, number>} [numbers] of the incidents that it offers to select, by their names in a link
 *
 * @typedef {object} WholeFile what a file holds that has nobody to ask: all cards, as of the window it was made for
 * @property {Record<string, PanelDocument>} cards by the row's name in a link
 * @property {PanelDocument} sources
 * @property {number} start
 * @property {number} end
 * @property {string} as_of what is said of a card where another window is on view
 *
 * @typedef {object} PanelConfig
 * @property {string} panels where documents are asked for, or "" where there is nobody to ask
 * @property {string} whole the address of all documents as one, then
 * @property {string[]} sheets addresses of the documents' style sheets
 * @property {string} page address of Laydown's page
 *
 * @typedef {"site" | "incident" | "movement"} RowType
 *
 * @typedef {object} MapApp what of app.js is used here
 * @property {Record<"sites" | "movements", {numbers: Map<string, number>}>} data
 * @property {{start: number, end: number}} view with the window
 * @property {(type: RowType, number: number) => unknown} select
 */

/**
 * @typedef {object} Around what a page has that shows more than an embed
 * @property {Record<string, (value: string) => void>} [acts] by verb, what a press does beside selecting a row
 * @property {Pick<Documents, "card" | "sources">} [documents] where its documents come from
 * @property {Record<string, (element: HTMLElement, value: string) => void>} [behaviours] see elements.js
 */

/** The documents of an embed, which asks a server for them, and of a file, which holds them. */
class Documents {
  /** All of a file, once they are asked for. @type {Promise<WholeFile> | null} */
  #loaded = null;

  /** @param {PanelConfig} config @param {MapApp} app */
  constructor(config, app) {
    this.config = config;
    this.app = app;
  }

  /** A row's card. @param {string} row such as site:al-tanf @param {URLSearchParams} query @returns {Promise<PanelDocument>} */
  async card(row, query) {
    if (!this.config.whole) {
      const asked = new URLSearchParams([...query].filter(([key]) => OF_CARD.includes(key)));
      asked.set("sel", row);
      return json(`${this.config.panels}/selected.json?${asked}`);
    }
    const { cards, start, end, as_of } = await this.#whole();
    const card = cards[row];
    if (!card) throw new Error("it is not in this file");
    const { view } = this.app;
    if (view.start === start && view.end === end) return card;
    return { ...card, nodes: [["p", { class: "quiet small" }, as_of], ...card.nodes] };
  }

  /** The sources of all that is on view. @param {URLSearchParams} query @returns {Promise<PanelDocument>} */
  async sources(query) {
    return this.config.whole ? (await this.#whole()).sources : json(`${this.config.panels}/sources.json?${query}`);
  }

  /** The file's documents: as gzip, since what cards have in common, such as sources, stands in each. */
  #whole() {
    this.#loaded ??= json(this.config.whole);
    return this.#loaded;
  }
}

export class Panel {
  /**
   * @param {PanelConfig} config
   * @param {MapApp} app
   * @param {(shown: string) => void} closed called with what was shown: a row's name, or "sources"
   * @param {Around} [around]
   */
  constructor(config, app, closed, { acts = {}, documents = new Documents(config, app), behaviours = {} } = {}) {
    this.config = config;
    this.app = app;
    this.closed = closed;
    /** @type {Record<string, (value: string) => void>} */
    this.acts = acts;
    this.documents = documents;
    this.behaviours = behaviours;
    /** What is shown, or asked for: a row's name or "sources"; null for nothing. @type {string | null} */
    this.shown = null;
    /** The same with the keys of the link that its document was asked with. @type {string | null} */
    this.asked = null;
    /** The style sheets, once they are asked for. @type {Promise<void> | null} */
    this.styled = null;
    this.body = el("div", { class: "sheet-body" });
    this.shadow = this.body.attachShadow({ mode: "open" });
    this.root = el("div", { class: "laydown" });
    const close = el(
      "button",
      { type: "button", class: "close", "aria-label": "Close", onclick: () => this.#close() },
      "×",
    );
    this.scroller = el("div", { class: "sheet-scroller", tabindex: "0" }, this.body);
    this.element = el(
      "section",
      { class: "sheet", "aria-live": "polite", "aria-label": "Details", hidden: true },
      close,
      this.scroller,
    );
    // Before app.js hears of it: what lies on top is closed first, wherever the focus is.
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || this.element.hidden) return;
      event.preventDefault();
      this.#close();
    });
  }

  /** Close the card of a row; the sources stay. */
  leave() {
    if (this.shown !== "sources") this.#hide();
  }

  /**
   * Show a row's card.
   * @param {string} row such as site:al-tanf
   * @param {URLSearchParams} query of the link to what is on view
   */
  async tell(row, query) {
    const asked = new URLSearchParams([...query].filter(([key]) => OF_CARD.includes(key)));
    await this.#fill(row, `${asked}`, query, () => this.documents.card(row, query));
  }

  /** Show the sources of all that is on view. @param {URLSearchParams} query */
  async tellSources(query) {
    await this.#fill("sources", `${query}`, query, () => this.documents.sources(query));
  }

  /** Show another document. @param {string} name @param {URLSearchParams} query @param {() => Promise<PanelDocument>} load */
  async tellOther(name, query, load) {
    this.asked = null; // it may be another one of the same name
    await this.#fill(name, `${query}`, query, load);
  }

  /**
   * Ask anew for the card or the sources that are shown where the view has changed: a document is of the window and the
   * day it was asked for.
   * @param {URLSearchParams} query of the link to what is on view
   */
  async renew(query) {
    if (this.shown === "sources") await this.tellSources(query);
    else if (this.shown?.includes(":")) await this.tell(this.shown, query);
  }

  /** The style sheets, loaded when the first document is asked for. */
  #loadStyles() {
    this.styled ??= Promise.all(
      this.config.sheets.map((address) => {
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = address;
        const settled = new Promise((done) => {
          link.addEventListener("load", done);
          link.addEventListener("error", done); // better without than not at all
        });
        this.shadow.append(link);
        return settled;
      }),
    ).then(() => this.shadow.append(this.root));
    return this.styled;
  }

  /**
   * Fill the sheet with a document, unless it is the one that is there or something else was asked for meanwhile.
   * @param {string} shown
   * @param {string} keys of the link, which the document depends on
   * @param {URLSearchParams} query
   * @param {() => Promise<PanelDocument>} load
   */
  async #fill(shown, keys, query, load) {
    const asked = `${shown}?${keys}`;
    if (asked === this.asked) return;
    const again = shown === this.shown;
    this.shown = shown;
    this.asked = asked;
    this.element.dataset.shown = shown.split(/[: ]/)[0];
    this.element.hidden = false;
    const styled = this.#loadStyles();
    /** @type {PanelDocument} */
    let document;
    try {
      document = await load();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      document = {
        nodes: [
          ["p", {}, "This could not be loaded: "],
          ["p", { class: "quiet" }, reason],
        ],
      };
    }
    await styled;
    if (this.asked !== asked) return;
    this.#show(document, query);
    if (!again) this.scroller.scrollTop = 0; // who reads on while the window moves is not sent back
  }

  /** @param {PanelDocument} document @param {URLSearchParams} query */
  #show({ nodes, numbers = {} }, query) {
    const acts = { select: (/** @type {string} */ row) => this.#select(row, numbers), ...this.acts };
    const host = {
      act: (/** @type {string[]} */ [verb, value]) => acts[/** @type {"select"} */ (verb)](value),
      behaviours: this.behaviours,
    };
    this.root.replaceChildren(...nodes.map((node) => build(node, host)));
    for (const element of this.root.querySelectorAll("[data-act]")) {
      const button = /** @type {HTMLElement} */ (element);
      const [verb, value] = JSON.parse(button.dataset.act ?? "[]");
      if (verb in acts) continue;
      if (verb === "explain") button.replaceWith(this.#explained(button, value, query));
      else button.hidden = true; // only Laydown's page can do that
    }
  }

  /** @param {string} row such as site:al-tanf @param {Record<string, number>} incidents numbers by name */
  #select(row, incidents) {
    const { app } = this;
    const [type, id] = row.split(/:(.*)/s);
    /** @type {Record<string, number | undefined>} */
    const numbers = {
      site: app.data.sites.numbers.get(id),
      movement: app.data.movements.numbers.get(id),
      incident: incidents[row],
    };
    const number = numbers[type];
    if (number !== undefined) app.select(/** @type {RowType} */ (type), number);
  }

  /**
   * What the folder's method explains leads to it on Laydown's page, at what is on view; without such a page it is text.
   * @param {HTMLElement} button
   * @param {string} section
   * @param {URLSearchParams} query kept at what is on view
   */
  #explained(button, section, query) {
    const words = button.textContent ?? "";
    if (!this.config.page) return document.createTextNode(words);
    const address = () => `${this.config.page}?${new URLSearchParams([...query, ["method", section]])}`;
    const link = document.createElement("a");
    link.className = "how";
    link.href = address();
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.title = button.title;
    link.textContent = words;
    link.addEventListener("click", () => {
      link.href = address(); // the window may have moved since
    });
    return link;
  }

  #hide() {
    this.element.hidden = true;
    this.shown = null;
    this.asked = null;
  }

  #close() {
    const { shown } = this;
    this.#hide();
    if (shown) this.closed(shown);
  }
}

/** @param {string} address @returns {Promise<any>} */
async function json(address) {
  return (await fetched(address)).json();
}
