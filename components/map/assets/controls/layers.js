/** The choice of what lies under the rows, the built-in map or one of another server's, and of how places are named. */

import { BUILT_IN } from "../draw/basemap.js";
import { lettered, setLettered } from "../draw/letters.js";
import { el } from "./dom.js";

/** Where the divide of a compared map begins, in per cent of its width. */
const MIDDLE = 50;

/** @type {Record<string, string>} */
const NOTICES = {
  unreachable: "The online map could not be reached; the built-in map is shown.",
  "not offered": "This server does not offer that online map; the built-in map is shown.",
};

/** @type {[import("../app.js").ViewState["lang"], string][]} */
const NAMES = [
  ["", "Both, where there is room"],
  ["en", "Latin"],
  ["ar", "Arabic"],
];

/** @param {string} name @param {string} value @param {() => void} onchange */
function radio(name, value, onchange) {
  return /** @type {HTMLInputElement} */ (el("input", { type: "radio", name, value, onchange }));
}

export class Layers {
  /**
   * @param {import("../app.js").App} app
   * @param {HTMLButtonElement} opener
   * @param {HTMLElement} messages where a notice is put
   */
  constructor(app, opener, messages) {
    this.app = app;
    this.opener = opener;
    /** What was last said of the online map. */
    this.online = "";
    this.choices = [{ slug: BUILT_IN, label: "Built-in map" }, ...app.basemap.bases].map(({ slug, label }) => {
      const input = radio("base", slug, () => app.setBase(slug));
      return { input, row: el("label", {}, input, label) };
    });
    this.names = NAMES.map(([lang, label]) => {
      const input = radio("lang", lang, () => app.setLang(lang));
      return { input, row: el("label", {}, input, label) };
    });
    this.compare = /** @type {HTMLInputElement} */ (
      el("input", { type: "checkbox", onchange: () => app.setCompare(this.compare.checked ? MIDDLE : null) })
    );
    this.alike = /** @type {HTMLInputElement} */ (
      el("input", { type: "checkbox", onchange: () => app.setAlike(this.alike.checked) })
    );
    const [own, ...online] = this.choices.map(({ row }) => row);
    this.letters = /** @type {HTMLInputElement} */ (
      el("input", { type: "checkbox", onchange: () => this.#letter(this.letters.checked) })
    );
    this.letterKey = el("p", { class: "letter-key", hidden: true });
    this.element = el(
      "fieldset",
      { class: "layers", id: "layers", hidden: true },
      el("legend", {}, "Base map"),
      own,
      online.length ? el("p", {}, "Online: another server is asked for the images, and so learns your address.") : null,
      ...online,
      el("fieldset", {}, el("legend", {}, "Names of places"), ...this.names.map(({ row }) => row)),
      el("fieldset", {}, el("legend", {}, "Compare"), el("label", {}, this.compare, "First day beside last day")),
      el(
        "fieldset",
        {},
        el("legend", {}, "Emphasis"),
        el("label", {}, this.alike, app.data.words.alike),
        el("label", {}, this.letters, "Letters on squares"),
        this.letterKey,
      ),
    );
    opener.setAttribute("aria-expanded", "false");
    opener.setAttribute("aria-controls", "layers");
    this.said = el("span");
    const dismiss = el("button", { type: "button", "aria-label": "Dismiss", onclick: () => this.#dismiss() }, "×");
    this.notice = el("div", { class: "base-notice", role: "status", hidden: true }, this.said, dismiss);
    this.asked = el("p", { role: "status" });
    const ways = [
      el("button", { type: "button", onclick: () => this.#answer(app.view.base) }, "Show it"),
      el("button", { type: "button", onclick: () => this.#answer(BUILT_IN) }, "Keep the built-in map"),
    ];
    this.question = el("div", { class: "question", hidden: true }, this.asked, el("div", {}, ...ways));
    this.attribution = el("p", { class: "attribution", hidden: true });
    for (const part of [this.element, this.notice, this.question, this.attribution])
      L.DomEvent.disableClickPropagation(part);
    const container = app.map.getContainer();
    container.append(this.element, this.attribution);
    messages.append(this.notice, this.question);
    // What stands above the attribution makes way for it.
    new ResizeObserver(() =>
      container.style.setProperty("--attribution", `${this.attribution.offsetHeight}px`),
    ).observe(this.attribution);
    document.addEventListener("pointerdown", (event) => {
      const target = /** @type {Node} */ (event.target);
      if (!this.element.contains(target) && !opener.contains(target)) this.#open(false);
    });
    for (const part of [this.element, opener]) {
      part.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && this.element.hidden) return;
        event.stopPropagation(); // the arrow keys choose here, and do not pan the map
        if (event.key === "Escape") this.#open(false, true);
      });
    }
  }

  toggle() {
    this.#open(Boolean(this.element.hidden));
    if (!this.element.hidden) (this.choices.find(({ input }) => input.checked) ?? this.choices[0]).input.focus();
  }

  show() {
    const { basemap } = this.app;
    const { base, lang, alike, compare } = this.app.view;
    const agreed = basemap.online !== "not agreed";
    for (const { input } of this.choices) input.checked = input.value === (agreed ? base : BUILT_IN);
    for (const { input } of this.names) input.checked = input.value === lang;
    this.compare.checked = compare !== null;
    this.alike.checked = alike !== "";
    this.#tellLetters();
    const now = `${basemap.slug} ${basemap.online}`;
    if (now === this.online) return;
    this.online = now;
    this.said.textContent = NOTICES[basemap.online] ?? "";
    this.notice.hidden = !this.said.textContent;
    this.#attribute(basemap.attribution);
    this.question.hidden = agreed;
    const label = basemap.bases.find(({ slug }) => slug === base)?.label;
    this.asked.textContent = agreed
      ? ""
      : `This link shows an online map: ${label}. Its server would learn your address.`;
  }

  /** @param {boolean} on */
  #letter(on) {
    setLettered(on);
    this.app.refresh();
  }

  /** Say whose letters are on view. */
  #tellLetters() {
    const { data, selection, states } = this.app;
    this.letters.checked = lettered();
    this.letterKey.hidden = !this.letters.checked;
    if (this.letterKey.hidden) return;
    const held = new Set(selection.sites.flatMap((site) => [states[site].force, states[site].previous]));
    const words = data.forces.filter((_, number) => held.has(number)).map(({ letters, name }) => `${letters} ${name}`);
    this.letterKey.textContent = words.join(" · ");
  }

  /** Show the online map that a link has asked for, or none: the question is gone, and the focus goes to the map. @param {string} slug */
  #answer(slug) {
    this.app.setBase(slug);
    this.app.map.getContainer().focus({ preventScroll: true });
  }

  /** @param {[string, string | undefined][]} parts text and address */
  #attribute(parts) {
    this.attribution.hidden = !parts.length;
    this.attribution.replaceChildren(
      ...parts.map(([text, href]) => (href ? el("a", { href, target: "_blank", rel: "noopener" }, text) : text)),
    );
    this.app.map.getContainer().classList.toggle("attributed", parts.length > 0);
  }

  /** @param {boolean} open @param {boolean} [returning] whether the focus goes back to what opened it */
  #open(open, returning = false) {
    this.element.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    if (returning) this.opener.focus();
  }

  #dismiss() {
    this.notice.hidden = true;
    this.opener.focus();
  }
}
