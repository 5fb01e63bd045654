/**
 * The map of a static site: an embed that reads its own links, keeps steps in the history, and has beside it what else the
 * site holds: search, filters, briefings, the pages written beforehand, and how we know.
 */

import { el } from "../../map/assets/controls/dom.js";
import { fetched } from "../../map/assets/data/files.js";
import { terms } from "../../map/assets/data/names.js";
import { Embed } from "../../map/assets/embed/embed.js";
import { linkValues } from "../../map/assets/embed/link_values.js";
import { Finder } from "./finder.js";
import { readLink } from "./link.js";
import { nearest } from "./nearest.js";
import { standingOf } from "./standing.js";

/** From which width on what is told stands beside the map, as in site.css. */
const WIDE = matchMedia("(min-width: 64rem)");
/** Where the divide of a compared map begins. */
const MIDDLE = 50;
const HOME = "home";

/**
 * @typedef {import("../../panels/assets/elements.js").MarkupNode} MarkupNode
 *
 * @typedef {object} SiteData what site/map_page.py's site_data() sends
 * @property {import("./link.js").Reader} reader
 * @property {MarkupNode[]} home what is told where nothing is selected
 * @property {Record<string, MarkupNode[]>} steps of briefings, by name, in order
 * @property {MarkupNode[]} method
 * @property {import("./finder.js").Facet[]} facets
 * @property {import("./nearest.js").Period[]} periods those that have a page
 * @property {{same: string, other: string}} nearest templates of {page}
 * @property {string} own what leads to a site's page
 *
 * @typedef {import("../../map/assets/embed/panel.js").PanelDocument & {axis?: [number, number]}} Document
 *
 * @typedef {object} Told what site/map_page.py's documents_data() sends
 * @property {Record<string, Document>} cards by the row's name in a link; in its nodes a number is that of a shared node
 * @property {Document} sources
 * @property {import("./standing.js").Standing} standing
 * @property {MarkupNode[]} shared
 *
 * @typedef {ConstructorParameters<typeof Embed>[1] & {site: string, cards: string}} SiteConfig
 */

/** @param {import("../../map/assets/app.js").App} app @param {SiteConfig} config */
export async function openSite(app, config) {
  try {
    return new Site(app, config, await (await fetched(config.site)).json());
  } catch (error) {
    app.notices.fail("Part of this site could not be loaded.", /** @type {Error} */ (error));
    throw error;
  }
}

class Site extends Embed {
  /** Whether the next address is a step of its own in the history. */
  stepping = false;
  /** The section of the method that is open; "" for none. */
  #method = "";
  /** The query from which a briefing was entered. */
  #before = "";
  /** Whether its reader of a small screen has asked for what is told. */
  #asked = false;

  /** @param {import("../../map/assets/app.js").App} app @param {SiteConfig} config @param {SiteData} data */
  constructor(app, config, data) {
    const asked = readLink(new URLSearchParams(location.search), data.reader);
    app.show(asked.command);
    super(
      app,
      { ...config, query: String(asked.kept) },
      {
        documents: new Documents(app, config, data),
        acts: {
          show: (value) => this.#relink({ show: value, compare: null }),
          compare: () => app.setCompare(app.view.compare === null ? MIDDLE : null),
          explain: (value) => this.#relink({ method: value || null }),
          step: (name) => this.#step(name),
          turn: (way) => this.#turn(way),
          leave: () => this.go(new URLSearchParams(this.#before)),
        },
        behaviours: {
          enter: () => {},
          leave: (button) => button.addEventListener("click", () => this.go(new URLSearchParams(this.#before))),
        },
      },
    );
    this.data = data;
    this.finder = new Finder(app, data.facets, (text) => this.#search(text));
    this.card.element.prepend(this.finder.element);
    this.#method = asked.values.method ?? "";
    this.finder.take(asked.values.q ?? "");
    this.#notice(asked.notices);
    addEventListener("popstate", () => this.go(new URLSearchParams(location.search), false));
    document.querySelector(".credit .contents")?.addEventListener("click", () => {
      this.#asked = true;
      this.#method = "";
      this.card.tellOther(HOME, this.query, async () => this.#home());
    });
    WIDE.addEventListener("change", () => this.present());
    this.show();
    this.present();
  }

  /** Go to a link. @param {URLSearchParams} query @param {boolean} [stepping] whether it is a step in the history */
  go(query, stepping = true) {
    const { app } = this;
    const asked = readLink(query, this.data.reader);
    app.camera.forget();
    app.reports.navigated();
    this.query = asked.kept;
    this.#method = asked.values.method ?? "";
    app.show(asked.command);
    this.stepping = stepping;
    this.keep({});
    this.stepping = false;
    this.finder.take(asked.values.q ?? "");
    this.#notice(asked.notices);
    this.present();
  }

  /** @override */
  show() {
    super.show();
    this.finder?.show();
  }

  /** @override */
  answer() {
    const { app } = this;
    const { view, command } = app;
    app.show(view);
    this.stepping = !app.reports.playing;
    this.keep(linkValues(view, this.config.link));
    this.stepping = false;
    const moved = view.start !== command.start || view.end !== command.end;
    if (view.selected !== command.selected) this.#method = "";
    if (moved || view.selected !== command.selected) this.present();
  }

  /** Embed's constructor asks for it; here present() tells more. @override */
  async tell() {}

  /** Tell what is asked for: the method, the card of what is selected, a briefing's step, or else what there is. */
  present() {
    const { selected, step } = this.app.view;
    const { card, data, query } = this;
    document.documentElement.dataset.told = String(
      WIDE.matches || this.#asked || Boolean(selected || step || this.#method),
    );
    if (this.#method) card.tellOther(`method ${this.#method}`, query, async () => ({ nodes: data.method }));
    else if (selected) card.tell(selected, query).then(() => this.app.row.reveal());
    else if (step) card.tellOther(`step ${step}`, query, async () => ({ nodes: data.steps[step] }));
    else if (WIDE.matches || this.#asked) card.tellOther(HOME, query, async () => this.#home());
    else card.leave();
  }

  /** @override @param {string} shown */
  closed(shown) {
    const { app } = this;
    this.#asked = false;
    if (shown.startsWith("method")) this.#relink({ method: null });
    else if (shown === app.view.selected) app.deselect();
    else if (shown.startsWith("step")) this.go(new URLSearchParams(this.#before));
    this.present();
  }

  /** @override @param {string} link */
  address(link) {
    if (link === location.pathname + location.search) return;
    if (this.stepping) history.pushState(null, "", link);
    else super.address(link);
  }

  /** What there is, and which page is nearest to the dates on view. */
  #home() {
    const { start, end } = this.app.view;
    const { home, periods, nearest: words } = this.data;
    const { name, page, same } = nearest(periods, start, end);
    /** @type {MarkupNode} */
    const link = ["a", { page }, name];
    const [before, after] = (same ? words.same : words.other).split("{page}");
    return { nodes: [...home, /** @type {MarkupNode} */ (["p", { class: "quiet small" }, before, link, after])] };
  }

  /** Change keys of the link, null to leave them out. @param {Record<string, string | null>} values */
  #relink(values) {
    const query = new URLSearchParams(this.query);
    for (const [key, value] of Object.entries(values)) {
      if (value === null) query.delete(key);
      else query.set(key, value);
    }
    this.go(query);
  }

  /** @param {string} name a step's, such as al-tanf-withdrawal/2 */
  #step(name) {
    if (!this.app.view.step) this.#before = String(this.query);
    this.go(new URLSearchParams({ step: name }));
  }

  /** @param {string} way */
  #turn(way) {
    const names = Object.keys(this.data.steps);
    const name = names[names.indexOf(this.app.view.step) + (way === "next" ? 1 : -1)];
    if (name) this.#step(name);
  }

  /** @param {string} text */
  #search(text) {
    this.app.change({ terms: terms(text) });
    this.stepping = true;
    this.keep({ q: text || null });
    this.stepping = false;
  }

  /** Say what of a link was not understood, or is not here. @param {string[]} notices */
  #notice(notices) {
    document.querySelector(".notices")?.remove();
    if (!notices.length) return;
    const element = el(
      "div",
      { class: "notices", role: "alert" },
      ...notices.map((text) => el("p", {}, text)),
      el("button", { type: "button", onclick: () => element.remove() }, "Dismiss"),
    );
    document.body.append(element);
  }
}

/** The documents of a static site: cards as of any window, and all sources. */
class Documents {
  /** @type {Promise<Told> | null} */
  #told = null;

  /** @param {import("../../map/assets/app.js").App} app @param {SiteConfig} config @param {SiteData} data */
  constructor(app, config, data) {
    this.app = app;
    this.config = config;
    this.data = data;
  }

  /** A row's card, under the briefing's step, where there is one. @param {string} row such as site:al-tanf */
  async card(row) {
    const { cards, standing, shared } = await this.#load();
    const { start, end, step } = this.app.view;
    const { axis, ...card } = cards[row];
    const nodes = whole(card.nodes, shared);
    const [type, id] = row.split(/:(.*)/s);
    const own = type === "site" ? asOf(nodes, standingOf(standing, id, start, end), axis, start, end) : nodes;
    /** @type {MarkupNode[]} */
    const page = type === "site" ? [["p", { class: "small" }, ["a", { page: `sites/${id}.html` }, this.data.own]]] : [];
    return { ...card, nodes: [...(step ? this.data.steps[step] : []), ...own, ...page] };
  }

  /** All sources of the record. */
  async sources() {
    const { sources, shared } = await this.#load();
    return { ...sources, nodes: whole(sources.nodes, shared) };
  }

  #load() {
    this.#told ??= fetched(this.config.cards).then((answer) => answer.json());
    return this.#told;
  }
}

/** Nodes with the shared ones in their places. @param {any[]} nodes @param {MarkupNode[]} shared @returns {MarkupNode[]} */
function whole(nodes, shared) {
  return nodes.map((node) => {
    if (typeof node === "number") return shared[node];
    return typeof node === "string" ? node : [node[0], node[1], ...whole(node.slice(2), shared)];
  });
}

/**
 * A site's card as of a window: how it stands goes before its other facts, and its history is shaded where the window lies.
 * @param {MarkupNode[]} nodes @param {MarkupNode[]} facts @param {[number, number] | undefined} axis the history's days
 * @param {number} start @param {number} end @returns {MarkupNode[]}
 */
function asOf(nodes, facts, axis, start, end) {
  const [first, last] = axis ?? [0, 0];
  const at = (/** @type {number} */ day) => Math.min(Math.max((100 * (day - first)) / (last + 1 - first), 0), 100);
  const span = `${+at(start).toFixed(2)} ${+at(end + 1).toFixed(2)}`;
  /** @param {MarkupNode} node @returns {MarkupNode} */
  const told = (node) => {
    if (typeof node === "string") return node;
    const [tag, attributes, ...children] = node;
    if (tag === "dl") return [tag, attributes, ...facts, ...children];
    if (attributes.class === "window") return [tag, { ...attributes, span }];
    return [tag, attributes, ...children.map(told)];
  };
  return nodes.map(told);
}
