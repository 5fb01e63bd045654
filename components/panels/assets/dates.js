/**
 * The window's two days and the as-known day. A day that is typed is sent with Enter or when its field is left, one that is
 * picked at once; what is no day is told beside its field, and stays as it was typed.
 */

import { Sync } from "../../map/assets/sync.js";
import { dayNumber, iso } from "../../map/assets/time/days.js";
import { show as build, tell } from "./mount.js";

/**
 * @typedef {"start" | "end" | "known"} Name of a field
 * @typedef {Record<Name, string>} Days ISO dates, as the fields have them; `known` is "" where all that is known counts
 *
 * @typedef {object} Component what Streamlit gives
 * @property {HTMLElement} parentElement
 * @property {{days: Days, nodes: import("./elements.js").MarkupNode[]}} data
 * @property {import("./mount.js").SetTriggerValue} setTriggerValue
 */

/** @type {Name[]} */
const NAMES = ["start", "end", "known"];
/** What opens the browser's own calendar by the keyboard. */
const OPENS = new Set([" ", "F4"]);

/** @type {WeakMap<HTMLElement, Dates>} */
const parts = new WeakMap();

/**
 * Build the fields once; then only their days are others.
 * @param {Component} component @param {import("./elements.js").MarkupNode[]} nodes
 */
export function show(component, nodes) {
  const { parentElement } = component;
  const content = JSON.stringify(nodes);
  let dates = parts.get(parentElement);
  if (!dates || dates.content !== content || !dates.root.querySelector("input")) {
    dates?.close();
    build(component, nodes);
    dates = new Dates(/** @type {HTMLElement} */ (parentElement.querySelector(".laydown")), content);
    parts.set(parentElement, dates);
  }
  dates.take(component);
}

class Dates {
  #listening = new AbortController();
  #tell = (/** @type {string[]} */ _) => {};
  /** @type {Days} what Python said last */
  #latest = { start: "", end: "", known: "" };

  /** @param {HTMLElement} root @param {string} content */
  constructor(root, content) {
    this.root = root;
    this.content = content;
    const field = (/** @type {Name} */ name) => {
      const input = /** @type {HTMLInputElement} */ (root.querySelector(`input[name=${name}]`));
      return new Field(input, () => this.#send(name));
    };
    this.fields = { start: field("start"), end: field("end"), known: field("known") };
    this.sync = new Sync({ onTimeout: () => this.#set(this.#latest) });
    this.clear = /** @type {HTMLElement} */ (root.querySelector(".chip"));
    this.clear.addEventListener("click", () => {
      const { known } = this.fields;
      known.input.value = "";
      known.commit();
      known.input.focus();
    });
    /** @param {Event} event */
    const follow = (event) =>
      this.#follow(/** @type {CustomEvent<import("../../map/assets/time/scale.js").Window>} */ (event).detail);
    window.addEventListener("laydown:window", follow, { signal: this.#listening.signal });
    window.addEventListener("popstate", () => this.sync.cancel(), { signal: this.#listening.signal }); // as chart.js
  }

  close() {
    this.#listening.abort();
    this.sync.cancel();
  }

  /** What Python says; it may not yet have heard what was typed last. @param {Component} component */
  take({ data, setTriggerValue }) {
    this.#tell = (value) => tell(setTriggerValue, value);
    this.#latest = data.days;
    if (this.sync.accepts(key(data.days))) this.#set(data.days);
  }

  /** The timeline in the map's frame moves the window. @param {import("../../map/assets/time/scale.js").Window} window */
  #follow({ start, end }) {
    if (!this.root.isConnected) {
      this.close();
      return;
    }
    this.sync.cancel();
    this.#set({ ...this.#days, start: iso(start), end: iso(end) });
  }

  /** @returns {Days} what the fields hold, but for what is being typed */
  get #days() {
    const { start, end, known } = this.fields;
    return { start: start.day, end: end.day, known: known.day };
  }

  /** @param {Days} days */
  #set(days) {
    for (const name of NAMES) this.fields[name].set(days[name]);
    this.clear.hidden = !days.known;
  }

  /** @param {Name} name of the field that holds another day */
  #send(name) {
    const { [name]: day, start, end, known } = this.#days;
    // An edge moved past the other takes it along.
    if (name !== "known" && start > end) this.#set({ start: day, end: day, known });
    else this.#set({ start, end, known });
    const days = this.#days;
    this.sync.sent(key(days));
    this.#tell(
      name === "known" ? ["known", days.known] : ["window", `${dayNumber(days.start)}/${dayNumber(days.end)}`],
    );
  }
}

/** What an answer is told by. @param {Days} days */
function key({ start, end, known }) {
  return JSON.stringify([start, end, known]);
}

class Field {
  /** The day it stands for, ISO; "" for none. */
  day = "";
  #typing = false;

  /** @param {HTMLInputElement} input @param {() => void} sent called when it holds another day */
  constructor(input, sent) {
    this.input = input;
    this.sent = sent;
    this.fault = /** @type {HTMLElement} */ (input.closest(".date")?.querySelector(".wrong"));
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("pointerdown", () => {
      this.#typing = false;
    });
    // The browser says "change" for every digit that makes a date of what is typed, be it of the year 202.
    input.addEventListener("change", () => this.#typing || this.commit());
    input.addEventListener("blur", () => this.commit());
  }

  /** Whether it holds something that was not sent yet. */
  get edited() {
    return this.input.value !== this.day || this.input.validity.badInput;
  }

  /** Show a day, unless another is being typed. @param {string} day */
  set(day) {
    const { edited } = this;
    this.day = day;
    if (!edited) this.input.value = day;
  }

  commit() {
    this.#typing = false;
    const fault = this.edited ? faultOf(this.input) : "";
    this.#explain(fault);
    if (fault || !this.edited) return;
    this.day = this.input.value;
    this.sent();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Enter") {
      event.preventDefault(); // it would open the calendar
      this.commit();
    } else if (event.key === "Escape") {
      this.input.value = this.day;
      this.commit();
    } else this.#typing = !OPENS.has(event.key) && !(event.altKey && event.key === "ArrowDown");
  }

  /** @param {string} text */
  #explain(text) {
    this.fault.textContent = text;
    this.input.setAttribute("aria-invalid", String(Boolean(text)));
  }
}

/**
 * What is wrong with what a field holds, in words; "" where it is a day that may be asked for, or may be left empty.
 * @param {HTMLInputElement} input
 */
function faultOf({ validity, min, max }) {
  if (validity.badInput) return "This is no whole day of the calendar. Give year, month and day.";
  if (validity.valueMissing) return "Give a day: both dates are needed.";
  if (validity.rangeUnderflow || validity.rangeOverflow) return `Give a day from ${min} to ${max}.`;
  return "";
}
