/**
 * Reports to Python and its commands in answer. What the visitor changes is shown at once (an optimistic update, see
 * sync.js) and reported; a command that was sent before Python heard of it would undo it, and is put by.
 */

import { linkWindow, report } from "./bridge.js";
import { Sync } from "./sync.js";
import { keyOf, picked } from "./view_state.js";

/** The fields that the page around may answer for: the window, and what is in view. */
const MOVED = ["start", "end", "box"];

export class Reports {
  /** Whether the last report was of a window that is being played. */
  playing = false;
  /** Whether all filters were cleared, and Python has not answered yet. */
  #cleared = false;
  /** Whether what Python has heard last is that the window is played: it must hear where that ends. */
  #heardPlaying = false;
  /** The last command that was put by. @type {import("./view_state.js").Command | null} */
  #missed = null;
  #sync = new Sync({ onTimeout: () => this.#timeout() });

  /**
   * @param {import("./app.js").App} app
   * @param {readonly string[]} fields those of the view that are reported: map/protocol.py's reported()
   */
  constructor(app, fields) {
    this.app = app;
    this.fields = fields;
  }

  /** Report all that may be changed on the map, each time: of two reports in a row Python may see only the last. @param {boolean} [following] whether the map was only moved */
  send(following = false) {
    const { view, command, timeline } = this.app;
    const key = this.#key(view);
    // What the last command says already has no answer: the next would say nothing new.
    if (this.#sync.waiting || key !== this.#key(command)) this.#sync.sent(key);
    this.playing = Boolean(timeline?.player.playing);
    // What is more than the playing is a step of its own in the history, from the link as it was.
    const others = this.fields.filter((name) => !MOVED.includes(name));
    const more = this.#cleared || keyOf(view, others) !== keyOf(command, others);
    linkWindow(this.playing && !more ? view : null);
    const fields = { ...picked(view, this.fields), playing: this.playing, cleared: this.#cleared, following };
    const heard = report(fields, !more && !this.#heardPlaying);
    if (heard) this.#heardPlaying = this.playing;
  }

  /** Report that all filters were cleared, those too that are not reported. */
  sendCleared() {
    this.#cleared = true;
    this.send();
  }

  /** The search, which is not reported, was changed: it is no longer to be cleared. */
  searched() {
    if (!this.#cleared) return;
    this.#cleared = false;
    if (this.#sync.waiting) this.#sync.sent(this.#key(this.app.view));
  }

  /** Whether a command may be shown: not one from before Python knew of the last report. @param {import("./view_state.js").Command} command */
  accepts(command) {
    const accepted = this.#sync.accepts(this.#key(command));
    this.#missed = accepted ? null : command;
    if (accepted) this.#cleared = false;
    return accepted;
  }

  /** The visitor went to another link: what was changed or played before is over, and has no answer. */
  navigated() {
    this.searched();
    this.app.timeline?.halt();
    this.#sync.cancel();
    if (!this.playing) return;
    this.playing = false;
    report({});
  }

  /** The connection is back. Say again what Python may not have heard; what cannot be said is undone. */
  returned() {
    const { view, command, timeline } = this.app;
    if (!command || timeline?.dragging) return;
    if (keyOf(view, this.fields) !== keyOf(command, this.fields)) this.send();
    else this.app.show(command);
  }

  #timeout() {
    this.#cleared = false;
    if (this.#missed) this.app.show(this.#missed);
  }

  /** To tell an answer by. @param {import("./view_state.js").ViewState} view */
  #key(view) {
    const unfiltered = view.terms.length === 0 && !view.known;
    return keyOf(view, this.fields) + (this.#cleared ? ` ${unfiltered}` : "");
  }
}
