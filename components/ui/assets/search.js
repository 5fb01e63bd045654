/**
 * The search field: the combobox of the ARIA Authoring Practices. While it is typed in, the map shows what is found and the
 * server suggests what may be meant; what was typed is sent with Enter or when the field is left.
 */

import { terms } from "../../map/assets/data/names.js";
import { remember } from "../../panels/assets/behaviours.js";
import { build as element } from "../../panels/assets/elements.js";
import { show as build, tell } from "../../panels/assets/mount.js";
import { small } from "./sheet.js";

const DEBOUNCE_MS = 150;
/** What folds the sidebar, which on a small screen lies over the map. */
const FOLD = '[data-testid="stSidebarCollapseButton"] button';
/** The link's keys that suggestions depend on, beside what is typed. */
const KEPT = ["known", "set"];

/**
 * @typedef {{verb: string, value: string, text: string, note: string}} Suggestion view/suggestions.py's
 * @typedef {{shown: string, terms: string[], suggestions: Suggestion[]}} Answer
 *
 * @typedef {object} Component what Streamlit gives
 * @property {HTMLElement} parentElement
 * @property {{search: string, label: string, placeholder: string, most: number, nodes: MarkupNode[]}} data
 * @property {import("../../panels/assets/mount.js").SetTriggerValue} setTriggerValue
 *
 * @typedef {import("../../panels/assets/elements.js").MarkupNode} MarkupNode
 */

/** @type {WeakMap<HTMLElement, Field>} */
const fields = new WeakMap();

/**
 * Streamlit calls this at each run: the field stays, what is said below it is built anew.
 * @param {Component} component @param {MarkupNode[]} nodes
 */
export function show(component, nodes) {
  const { parentElement } = component;
  let field = fields.get(parentElement);
  if (!field?.element.isConnected) {
    build(component, []);
    field = new Field(component.data);
    /** @type {HTMLElement} */ (parentElement.querySelector(".laydown")).append(field.element);
    fields.set(parentElement, field);
  }
  field.take(component, nodes);
}

class Field {
  #tell = (/** @type {string[]} */ _) => {};
  /** What Python said last, or was told. */
  #sent = "";
  /** @type {Suggestion[]} */
  #offered = [];
  /** The number of the suggestion that is pointed at; -1 for none. */
  #at = -1;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;
  /** @type {AbortController | undefined} */
  #asking;

  /** @param {Component["data"]} data */
  constructor({ label, placeholder, most }) {
    this.input = document.createElement("input");
    Object.assign(this.input, { type: "text", placeholder, maxLength: most, autocomplete: "off", spellcheck: false });
    this.input.enterKeyHint = "search";
    attributes(this.input, {
      role: "combobox",
      "aria-label": label,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "suggestions",
    });
    this.list = document.createElement("ul");
    this.list.id = "suggestions";
    this.list.hidden = true;
    attributes(this.list, { role: "listbox", "aria-label": "Suggestions" });
    this.said = document.createElement("div");
    this.said.className = "said";
    attributes(this.said, { role: "status" });
    this.element = document.createElement("div");
    this.element.className = "search";
    this.element.append(this.input, this.list, this.said);
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.#commit());
    const listening = new AbortController();
    const cleared = () => {
      if (!this.element.isConnected) listening.abort();
      this.input.value = this.#sent = "";
      this.#close();
    };
    window.addEventListener("laydown:cleared", cleared, { signal: listening.signal });
    // This part of the page is always there, so it passes on what the map's frame asks for (map/assets/bridge.js).
    const asked = (/** @type {Event} */ event) => {
      if (!this.element.isConnected) return listening.abort();
      const { detail } = /** @type {CustomEvent<string[]>} */ (event);
      if (detail[0] === "step") remember();
      return this.#tell(detail);
    };
    window.addEventListener("laydown:ask", asked, { signal: listening.signal });
    // Pressed down, not clicked: the field must not be left, which would send what was typed.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const option = /** @type {HTMLElement} */ (target).closest("[role=option]");
      if (option) this.#choose(this.#offered[[...this.list.children].indexOf(option)]);
    });
  }

  /** What Python says; it may not have heard yet of what is being typed. @param {Component} component @param {MarkupNode[]} nodes */
  take({ data, setTriggerValue }, nodes) {
    this.#tell = (value) => tell(setTriggerValue, value);
    const typing = this.input.matches(":focus") && this.input.value.trim() !== this.#sent;
    this.#sent = data.search;
    if (!typing) this.input.value = data.search;
    const host = { act: (/** @type {string[]} */ act) => this.#tell(act) };
    const focused = this.said.contains(/** @type {ShadowRoot} */ (this.element.getRootNode()).activeElement);
    this.said.replaceChildren(...nodes.map((node) => element(node, host)));
    if (focused) this.input.focus();
  }

  #typed() {
    find(terms(this.input.value));
    this.said.replaceChildren();
    clearTimeout(this.#waiting);
    this.#asking?.abort();
    if (!this.input.value.trim()) this.#close();
    else this.#waiting = setTimeout(() => this.#ask(this.input.value), DEBOUNCE_MS);
  }

  /** @param {string} text */
  async #ask(text) {
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const query = new URLSearchParams({ q: text.trim() });
    for (const [key, value] of new URLSearchParams(location.search)) if (KEPT.includes(key)) query.append(key, value);
    try {
      const answer = await fetch(new URL(`suggest.json?${query}`, document.baseURI), { signal });
      if (!answer.ok) throw new Error(`${answer.status} for suggestions`);
      /** @type {Answer} */
      const found = await answer.json();
      if (signal.aborted || !this.input.matches(":focus")) return;
      if (found.shown) find(found.terms);
      this.#offer(found.suggestions);
    } catch (error) {
      if (!signal.aborted) console.warn("laydown: nothing is suggested:", error);
    }
  }

  /** @param {Suggestion[]} offered */
  #offer(offered) {
    this.#offered = offered;
    this.list.replaceChildren(
      ...offered.map(({ text, note }, number) => {
        const option = document.createElement("li");
        option.id = `suggestion-${number}`;
        attributes(option, { role: "option", "aria-selected": "false" });
        for (const [part, name] of [
          [text, "text"],
          [note, "quiet small"],
        ]) {
          const span = document.createElement("span");
          span.className = name;
          span.textContent = part;
          option.append(span, " ");
        }
        return option;
      }),
    );
    this.list.hidden = !offered.length;
    attributes(this.input, { "aria-expanded": String(!this.list.hidden) });
    this.#point(-1);
  }

  #close() {
    clearTimeout(this.#waiting);
    this.#asking?.abort();
    this.#offer([]);
  }

  /** @param {number} number */
  #point(number) {
    this.#at = number;
    [...this.list.children].forEach((option, at) => attributes(option, { "aria-selected": String(at === number) }));
    const option = this.list.children[number];
    option?.scrollIntoView({ block: "nearest" });
    if (option) attributes(this.input, { "aria-activedescendant": option.id });
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    const count = this.#offered.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) {
      event.preventDefault();
      // Past either end is the field itself.
      this.#point(((this.#at + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (step && this.input.value.trim()) {
      event.preventDefault();
      this.#ask(this.input.value);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.#at >= 0) this.#choose(this.#offered[this.#at]);
      else this.#commit();
    } else if (event.key === "Escape") {
      if (count) this.#close();
      else {
        this.input.value = this.#sent;
        find(terms(this.#sent));
      }
    }
  }

  #commit() {
    this.#close();
    const text = this.input.value.trim();
    if (text === this.#sent) return;
    this.#sent = text;
    this.#tell(["search", text]);
  }

  /** @param {Suggestion} suggestion */
  #choose({ verb, value, text }) {
    if (verb === "step") remember();
    this.input.value = this.#sent = verb === "search" ? text : ""; // whatever else is chosen takes its place
    this.#close();
    find(terms(this.#sent));
    this.#tell([verb, value]);
    if (small()) /** @type {HTMLElement | null} */ (document.querySelector(FOLD))?.click();
  }
}

/** Have the map show at once what holds these terms (map/assets/bridge.js). @param {string[]} terms */
function find(terms) {
  window.dispatchEvent(new CustomEvent("laydown:search", { detail: terms }));
}

/** @param {Element} element @param {Record<string, string>} named */
function attributes(element, named) {
  for (const [name, value] of Object.entries(named)) element.setAttribute(name, value);
}
