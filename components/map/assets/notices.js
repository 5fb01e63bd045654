/** What is said over the map of what went wrong. */

import { el } from "./controls/dom.js";

export class Notices {
  #failure = el("p", { class: "notice", role: "status", hidden: true });

  /** @param {HTMLElement} container the map's */
  constructor(container) {
    this.container = container;
    container.append(this.#failure);
  }

  /** Say something that stays until it is read. @param {string} text */
  note(text) {
    const note = el("p", { class: "notice", role: "status" }, text, " ");
    note.append(el("button", { type: "button", onclick: () => note.remove() }, "Dismiss"));
    this.container.append(note);
  }

  /**
   * Offer something, until it is taken or let be. @param {string} text @param {string} label @param {() => void} act
   */
  offer(text, label, act) {
    const offer = el("p", { class: "notice offer", role: "status" }, text, " ");
    offer.append(
      el("button", { type: "button", onclick: act }, label),
      " ",
      el("button", { type: "button", onclick: () => offer.remove() }, "Later"),
    );
    this.container.append(offer);
    return offer;
  }

  /** Say what could not be done, until something else is shown. @param {string} text @param {unknown} error */
  fail(text, error) {
    this.#failure.textContent = text;
    this.#failure.hidden = false;
    console.error("laydown:", error);
  }

  /** What failed is over: something else is shown. */
  clear() {
    this.#failure.hidden = true;
  }
}
