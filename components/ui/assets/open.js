/**
 * Open your own data: a dialog that takes files, by choice or dropped anywhere on the page, and tells what they were taken
 * for. The server keeps nothing of them until it can show them; corrected columns are sent with the files again.
 */

import { build } from "../../panels/assets/elements.js";
import { show as mount } from "../../panels/assets/mount.js";

/**
 * @typedef {import("../../panels/assets/elements.js").MarkupNode} MarkupNode
 *
 * @typedef {object} Component what Streamlit gives
 * @property {HTMLElement} parentElement
 * @property {{nodes: MarkupNode[], title: string, most: {bytes: number, said: string}}} data
 * @property {import("../../panels/assets/mount.js").SetTriggerValue} setTriggerValue
 *
 * @typedef {{nodes: MarkupNode[], refused?: string}} Answer web/opening.py's
 */

/** @type {WeakMap<HTMLElement, Opening>} */
const dialogs = new WeakMap();

/**
 * Streamlit calls this at each run: the dialog stays.
 * @param {Component} component @param {MarkupNode[]} nodes
 */
export function show(component, nodes) {
  const { parentElement } = component;
  if (dialogs.get(parentElement)?.dialog.isConnected) return;
  mount(/** @type {any} */ (component), []);
  const opening = new Opening(component.data, nodes);
  /** @type {HTMLElement} */ (parentElement.querySelector(".laydown")).append(opening.dialog);
  dialogs.set(parentElement, opening);
}

class Opening {
  /** @type {File[]} */
  #files = [];
  /** @type {AbortController | undefined} */
  #sending;
  /** Whether it was opened by files that are dragged over the page, and closes when they leave it. */
  #dragged = false;

  /** @param {Component["data"]} data @param {MarkupNode[]} nodes what is said before files are chosen */
  constructor({ title, most }, nodes) {
    this.most = most;
    this.dialog = element("dialog", "opening");
    this.dialog.setAttribute("aria-label", title);
    const heading = element("h2");
    heading.textContent = title;
    const close = element("button", "cross");
    Object.assign(close, { type: "button", textContent: "×" });
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => this.dialog.close());
    const head = element("header");
    head.append(heading, close);
    this.input = element("input");
    Object.assign(this.input, { type: "file", multiple: true, hidden: true });
    this.input.addEventListener("change", () => this.#take([...(this.input.files ?? [])]));
    const choose = element("button", "go");
    Object.assign(choose, { type: "button", textContent: "Choose files" });
    choose.addEventListener("click", () => this.input.click());
    this.area = element("div", "drop");
    const or = element("p", "quiet small");
    or.textContent = "or drop them here";
    this.choose = choose;
    this.area.append(choose, this.input, or);
    this.said = element("p", "said");
    this.said.setAttribute("role", "status");
    this.found = element("div", "found");
    this.found.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLSelectElement) this.#send(this.#chosen());
    });
    const before = element("div", "before");
    before.append(...nodes.map((node) => build(node, HOST)));
    this.dialog.append(head, before, this.area, this.said, this.found);
    this.#listen(window);
  }

  /** @param {Window} where */
  #listen(where) {
    const listening = new AbortController();
    /** @param {string} name @param {(event: any) => void} act */
    const on = (name, act) => {
      const heard = (/** @type {Event} */ event) => {
        if (this.dialog.isConnected) act(event);
        else listening.abort();
      };
      where.addEventListener(name, heard, { signal: listening.signal });
    };
    on("laydown:open", () => this.#open());
    // The map's frame hears of what is dragged over it, and tells: map/assets/bridge.js.
    on("laydown:drag", () => this.#drag());
    on("dragenter", (event) => holdsFiles(event) && this.#drag());
    on("dragover", (event) => holdsFiles(event) && event.preventDefault()); // else the browser would open the file
    on("dragleave", (event) => {
      if (event.relatedTarget === null && this.#dragged && !this.#files.length) this.dialog.close();
    });
    on("drop", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      this.#open();
      this.#take([...event.dataTransfer.files]);
    });
  }

  #open() {
    this.#dragged = false;
    this.area.classList.remove("over");
    if (!this.dialog.open) this.dialog.showModal();
    this.choose.focus();
  }

  #drag() {
    if (!this.dialog.open) {
      this.dialog.showModal();
      this.#dragged = true;
    }
    this.area.classList.add("over");
  }

  /** @param {File[]} files */
  #take(files) {
    this.input.value = ""; // the same files can be chosen again, once they were mended
    if (!files.length) return;
    this.#files = files;
    this.found.replaceChildren();
    if (files.reduce((sum, { size }) => sum + size, 0) > this.most.bytes) this.#say(this.most.said, true);
    else this.#send({});
  }

  /** @param {Record<string, string[]>} chosen columns by their role; {}: as they are called */
  async #send(chosen) {
    this.#sending?.abort();
    const { signal } = (this.#sending = new AbortController());
    this.#say(`Reading ${this.#files.map(({ name }) => name).join(", ")}…`);
    this.dialog.setAttribute("aria-busy", "true");
    const head = { names: this.#files.map(({ name }) => name), sizes: this.#files.map(({ size }) => size), chosen };
    try {
      const body = new Blob([`${JSON.stringify(head)}\n`, ...this.#files]);
      const answer = await fetch(new URL("open", document.baseURI), { method: "POST", body, signal });
      /** @type {Answer} */
      const { nodes, refused } = await answer.json();
      if (refused) throw new Error(refused);
      this.#say("");
      this.found.replaceChildren(...nodes.map((node) => build(node, HOST)));
    } catch (error) {
      if (signal.aborted) return;
      const { name, message } = /** @type {Error} */ (error);
      this.#say(name === "Error" ? message : "The server did not answer. Try again.", true);
    }
    this.dialog.removeAttribute("aria-busy");
  }

  /** What the columns are taken for as they are chosen now. */
  #chosen() {
    /** @type {Record<string, string[]>} */
    const chosen = {};
    const selects = [...this.found.querySelectorAll("select")];
    for (const { options } of selects.slice(0, 1)) for (const { value } of options) if (value) chosen[value] = [];
    for (const { name, value } of selects) if (value) chosen[value].push(name);
    return chosen;
  }

  /** @param {string} text @param {boolean} [wrong] */
  #say(text, wrong = false) {
    this.said.textContent = text;
    this.said.classList.toggle("wrong", wrong);
  }
}

/** What elements ask for here: nothing, but links. */
const HOST = { act: () => undefined };

/** @param {DragEvent} event */
const holdsFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files") ?? false;

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} [name] its class
 */
function element(tag, name = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  return made;
}
