/** A sheet beside an embedded map: the card of what is selected, or the sources of what is on view. Text from data stays text. */

import { count, el } from "../controls/dom.js";
import { monthName } from "../time/days.js";

const TABLES = { site: "sites", incident: "incidents", movement: "movements" };
const PRECISION = {
  site: "exact site",
  town: "town, the point is not the place itself",
  district: "district, somewhere within the circle",
  country: "whole country or region, no place within it is known",
  undisclosed: "undisclosed, somewhere within the dashed area",
};
/** The headings of a folder's method that say what a fact means, by its label. */
const ABOUT = { Status: "as-far-as-known", Precision: "precision", Confidence: "confidence" };
const MOST = 1000;

const range = ({ low, high }) =>
  low === null && high === null
    ? ""
    : high === null
      ? `${low} or more`
      : low === null
        ? `up to ${high}`
        : low === high
          ? `${low}`
          : `${low}–${high}`;
const named = (force, { data }) => data.forces.find(({ id }) => id === force)?.name ?? force;
const tolls = (list, app) => list.map((toll) => `${named(toll.force, app)} ${range(toll)}`).join(", ");
/** As wording.py's moved_text(), with a capital. */
const moved = ({ moved, what }) => capital(what?.includes(moved) ? what : [moved, what].filter(Boolean).join(": "));
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
/** A date as precise as it is written: "13 Dec 2025", "Dec 2025" or "2025". */
const day = (text) => {
  const [year, month, date] = text.split("-");
  return [date && Number(date), month && monthName(month - 1), year].filter(Boolean).join(" ");
};
const when = ({ start, end }) => (end && end !== start ? `${day(start)} – ${day(end)}` : day(start));

/** A site as a button that selects it; null where a row names another place. */
function site(id, app) {
  const number = app.data.sites.numbers.get(id);
  if (number === undefined) return null;
  return el(
    "button",
    { type: "button", class: "place", onclick: () => app.select("site", number) },
    app.data.sites.name[number],
  );
}

/** The movement that one is a part of, as a button that selects it; an incident's is named: incidents are not known by id here. */
function whole(row, app) {
  const number = app.data.movements.numbers.get(row.part_of);
  if (number === undefined || !row.whole) return row.whole;
  return el("button", { type: "button", class: "place", onclick: () => app.select("movement", number) }, row.whole);
}

/** The facts of a row by its table, as [label, text or element]; a text that is "" is not told. */
const FACTS = {
  site: (row, app) => [
    ["Status", app.standing(app.data.sites.numbers.get(row.id))],
    ["Where", [row.admin1, row.country.join(" / ")].filter(Boolean).join(", ")],
    ["Precision", PRECISION[row.precision]],
  ],
  incident: (row, app) => [
    ["When", when(row)],
    ["Where", site(row.site, app) ?? row.site_name ?? row.place ?? row.country.join(" / ")],
    ["Precision", PRECISION[row.precision]],
    ["Killed", tolls(row.killed, app)],
    ["Wounded", tolls(row.wounded, app)],
    ["Part of", row.whole],
    ["Confidence", row.confidence],
  ],
  movement: (row, app) => [
    ["When", when(row)],
    ["Force", named(row.force, app)],
    ["What moved", moved(row)],
    ["From", site(row.origin, app) ?? row.origin_name ?? "not stated"],
    ["To", site(row.destination, app) ?? row.destination_name ?? "not stated"],
    ["Number", [range(row), row.unit].filter(Boolean).join(" ")],
    ["Part of", whole(row, app)],
    ["Confidence", row.confidence],
  ],
};

export class Card {
  /**
   * @param {{api: string, whole: string, page: string, method: Record<string, string>}} config where rows are asked for one by
   *   one, or the address of all of them; Laydown's page, and there the headings of its method
   * @param {import("../app.js").App} app
   * @param {(shown: string) => void} closed called with what was shown: a row, or "sources"
   */
  constructor(config, app, closed) {
    this.config = config;
    this.app = app;
    this.closed = closed;
    this.body = el("div", { class: "sheet-body" });
    // Columns are as high as they need to be only in something else that scrolls.
    this.scroller = el("div", { class: "sheet-scroller", tabindex: "0" }, this.body);
    const close = el(
      "button",
      { type: "button", class: "close", "aria-label": "Close", onclick: () => this.#close() },
      "×",
    );
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
    if (this.row !== "sources") this.#hide();
  }

  /** Show a row's card. @param {string} row such as site:al-tanf @param {URLSearchParams} query */
  async tell(row, query) {
    this.row = row;
    const [type, id] = row.split(/:(.*)/s);
    await this.#fill(row, async () => {
      const asked = new URLSearchParams(
        ["from", "to", "known"].flatMap((key) => (query.has(key) ? [[key, query.get(key)]] : [])),
      );
      const { row: told, source_rows: sources } = this.config.whole
        ? this.#ofWhole(await this.#whole(), row)
        : await fetched(`${this.config.api}/${TABLES[type]}/${encodeURIComponent(id)}${String(asked) && `?${asked}`}`);
      const facts = FACTS[type](told, this.app).filter(([, text]) => text);
      return [
        el("h2", {}, told.name ?? told.title),
        told.name_ar ? el("p", { lang: "ar", dir: "rtl" }, told.name_ar) : null,
        el(
          "dl",
          {},
          ...facts.flatMap(([label, text]) => [el("dt", {}, this.#label(label, query)), el("dd", {}, text)]),
        ),
        ...(told.leaving ?? []).map((sentence) => el("p", {}, sentence)),
        told.disputed ? el("p", { class: "disputed" }, "≠ Sources disagree: Laydown shows each side.") : null,
        told.summary ? el("p", {}, told.summary) : null,
        ...sourceList(sources, this.config.sourcing, "row"),
      ];
    });
  }

  /** A fact's label; where the folder's method says what it means, a link to that on Laydown's page, at what is on view. */
  #label(label, query) {
    const section = this.config.method[ABOUT[label]];
    if (!section || !this.config.page) return label;
    const address = () => `${this.config.page}?${new URLSearchParams([...query, ["method", section]])}`;
    const follow = ({ currentTarget }) => (currentTarget.href = address()); // the window may have moved since
    const title = "How we know";
    return el(
      "a",
      { class: "how", href: address(), target: "_blank", rel: "noopener noreferrer", title, onclick: follow },
      label,
    );
  }

  /** Show the sources of all that is on view. @param {URLSearchParams} query */
  async tellSources(query) {
    this.row = "sources";
    await this.#fill("sources", async () => {
      const { rows, total } = this.config.whole
        ? await this.#whole().then(({ sources, shown }) => ({
            rows: shown.map((id) => sources[id]),
            total: shown.length,
          }))
        : await fetched(`${this.config.api}/sources?${query}${String(query) ? "&" : ""}size=${MOST}`);
      const more = total > rows.length ? [el("p", {}, `and ${total - rows.length} more, in Laydown`)] : [];
      return [...this.#credits(), ...sourceList(rows, this.config.sourcing, "view"), ...more];
    });
  }

  #credits() {
    const { title, licence, credits, data } = this.config.about;
    const { age } = this.config.records.whole;
    const told = [[licence, `data ${data}`].filter(Boolean).join(" · "), age].filter(Boolean);
    return [
      el("h2", {}, title),
      ...told.map((text) => el("p", {}, text)),
      ...credits.map((credit) => el("p", { class: "quiet" }, credit)),
    ];
  }

  #whole() {
    this.loaded ??= fetched(this.config.whole);
    return this.loaded;
  }

  #ofWhole({ rows, sources }, row) {
    const told = rows[row];
    if (!told) throw new Error("it is not in this file");
    return { row: told, source_rows: told.sources.map((id) => sources[id]) };
  }

  /** Fill the sheet with what `build` makes, unless something else was asked for meanwhile. */
  async #fill(key, build) {
    this.element.hidden = false;
    let nodes;
    try {
      nodes = await build();
    } catch (error) {
      nodes = [el("p", {}, "This could not be loaded: "), el("p", { class: "quiet" }, String(error.message))];
    }
    if (this.row !== key) return;
    this.body.replaceChildren(...nodes.filter(Boolean));
    this.scroller.scrollTop = 0;
  }

  #hide() {
    this.element.hidden = true;
    this.row = null;
  }

  #close() {
    const shown = this.row;
    this.#hide();
    this.closed(shown);
  }
}

async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return response.json();
}

/** An address as a link out of here; only its text where it is none. */
const out = (address, text) =>
  address && /^https?:\/\//.test(address)
    ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text)
    : el("span", {}, text);

/**
 * @param {{publisher: string, title: string, url: string | null, published: string | null, kind: string, via: string | null,
 *   archived: string | null}[]} rows
 * @param {Record<"marker" | "unsourced" | "no_address" | "archived" | "unread" | "compiled", string>} words the kind that marks
 *   that there is no source, and what view/sourcing.py says of that, and of sources
 * @param {"row" | "view"} of whether one row rests on them, or all that is on view
 */
function sourceList(rows, words, of) {
  if (!rows.length) return [];
  const sources = rows.filter(({ kind }) => kind !== words.marker);
  const items = sources.map(({ publisher, title, url, published, kind, via, archived }) => {
    const unread = via ? words.unread.replace("{via}", () => via) : "";
    const told = [published ? day(published) : "no date", kind, url ? "" : words.no_address, unread].filter(Boolean);
    const copy = archived ? [" ", out(archived, words.archived)] : [];
    return el(
      "li",
      {},
      `${publisher}: `,
      out(url, title),
      ...copy,
      el("span", { class: "quiet" }, ` ${told.join(", ")}`),
    );
  });
  const compiled = of === "row" && sources.length === rows.length && sources.every(({ via }) => via);
  return [
    el("h3", {}, sources.length ? count(sources.length, "source") : "No source"),
    el("ol", {}, ...items),
    sources.length < rows.length ? el("p", { class: "quiet" }, capital(words.unsourced)) : null,
    compiled ? el("p", { class: "quiet" }, capital(words.compiled)) : null,
  ];
}
