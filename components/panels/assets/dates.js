/**
 * The window's two days and the as-known day. A day that is typed is sent with Enter or when its field is left, one that is
 * picked at once; what is no day is told beside its field, and stays as it was typed.
 */

import { show as build, tell } from "./mount.js";

/** How long the server may take to say the days it was told. */
const PATIENCE_MS = 10_000;
/** What opens the browser's own calendar by the keyboard. */
const OPENS = new Set([" ", "F4"]);

/** @type {WeakMap<Element, Dates>} */
const parts = new WeakMap();

/** Build the fields once; then only their days are others. */
export function show(component, nodes) {
  const { parentElement } = component;
  const said = JSON.stringify(nodes);
  let dates = parts.get(parentElement);
  if (dates?.said !== said || !dates.root.querySelector("input")) {
    dates?.close();
    build(component, nodes);
    dates = new Dates(parentElement.querySelector(".laydown"), said);
    parts.set(parentElement, dates);
  }
  dates.take(component);
}

class Dates {
  constructor(root, said) {
    Object.assign(this, { root, said });
    this.fields = Object.fromEntries(
      [...root.querySelectorAll("input")].map((input) => [input.name, new Field(input, () => this.#send(input.name))]),
    );
    this.clear = root.querySelector(".chip");
    this.clear.addEventListener("click", () => {
      this.fields.known.input.value = "";
      this.fields.known.commit();
      this.fields.known.input.focus();
    });
    this.listening = new AbortController();
    window.addEventListener("laydown:window", ({ detail }) => this.#follow(detail), { signal: this.listening.signal });
  }

  close() {
    this.listening.abort();
  }

  /** What Python says; it may not yet have heard what was typed last. */
  take({ data, setTriggerValue }) {
    this.tell = (value) => tell(setTriggerValue, value);
    if (this.awaited && this.awaited !== JSON.stringify(data.days) && performance.now() < this.patience) return;
    this.awaited = null;
    this.#set(data.days);
  }

  /** The timeline in the map's frame moves the window. */
  #follow([from, to]) {
    if (!this.root.isConnected) return this.close();
    this.awaited = null;
    this.#set({ from, to });
  }

  #set(days) {
    for (const [name, day] of Object.entries(days)) this.fields[name].set(day);
    this.clear.hidden = !this.fields.known.day;
  }

  #send(name) {
    const { from, to, known } = this.fields;
    const moved = this.fields[name].day;
    // An edge moved past the other takes it along.
    if (name !== "known" && from.day > to.day) this.#set({ from: moved, to: moved });
    this.clear.hidden = !known.day;
    this.awaited = JSON.stringify({ from: from.day, to: to.day, known: known.day });
    this.patience = performance.now() + PATIENCE_MS;
    this.tell(name === "known" ? ["known", known.day] : ["window", `${from.day}/${to.day}`]);
  }
}

class Field {
  /** @param {HTMLInputElement} input @param {() => void} sent called when it holds another day */
  constructor(input, sent) {
    Object.assign(this, { input, sent });
    this.day = "";
    this.wrong = input.closest(".date").querySelector(".wrong");
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("pointerdown", () => (this.typing = false));
    // The browser says "change" for every digit that makes a date of what is typed, be it of the year 202.
    input.addEventListener("change", () => this.typing || this.commit());
    input.addEventListener("blur", () => this.commit());
  }

  /** Whether it holds something that was not sent yet. */
  get edited() {
    return this.input.value !== this.day || this.input.validity.badInput;
  }

  /** Show a day, unless another is being typed. */
  set(day) {
    const edited = this.edited;
    this.day = day;
    if (!edited) this.input.value = day;
  }

  commit() {
    this.typing = false;
    const told = this.edited ? fault(this.input) : "";
    this.#tell(told);
    if (told || !this.edited) return;
    this.day = this.input.value;
    this.sent();
  }

  #key(event) {
    if (event.key === "Enter") {
      event.preventDefault(); // it would open the calendar
      this.commit();
    } else if (event.key === "Escape") {
      this.input.value = this.day;
      this.commit();
    } else this.typing = !OPENS.has(event.key) && !(event.altKey && event.key === "ArrowDown");
  }

  #tell(text) {
    this.wrong.textContent = text;
    this.input.setAttribute("aria-invalid", String(Boolean(text)));
  }
}

/** What is wrong with what a field holds, in words; "" where it is a day that may be asked for, or may be left empty. */
function fault({ validity, min, max }) {
  if (validity.badInput) return "This is no whole day of the calendar. Give year, month and day.";
  if (validity.valueMissing) return "Give a day: the window has two edges.";
  if (validity.rangeUnderflow || validity.rangeOverflow) return `Give a day from ${min} to ${max}.`;
  return "";
}
