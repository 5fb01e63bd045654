/**
 * Optimistic updates: what the hand changes is shown at once, before the server has answered. Until its answer comes, an
 * older state of the server must not undo what the hand did. Pure but for one timer.
 */

/** How long an answer is waited for before whatever the server says is shown. */
export const PATIENCE_MS = 10_000;

/**
 * @typedef {object} Timers what setTimeout() and clearTimeout() do; others in tests
 * @property {(act: () => void, ms: number) => unknown} set
 * @property {(timer: unknown) => void} clear
 */

/** @type {Timers} */
const BROWSER = {
  set: (act, ms) => setTimeout(act, ms),
  clear: (timer) => clearTimeout(/** @type {number} */ (timer)),
};

/**
 * Waits for the answer to the last change that was sent. Changes and states are compared by a key: a string that is the
 * same for what was asked and for the state that answers it, such as the JSON of the fields in question.
 */
export class Sync {
  /** @type {string | null} */
  #awaited = null;
  /** @type {unknown} */
  #timer;
  #patienceMs;
  #onTimeout;
  #timers;

  /**
   * @param {object} [options]
   * @param {number} [options.patienceMs] how long an answer is waited for
   * @param {() => void} [options.onTimeout] called when none came; by then any state is accepted again
   * @param {Timers} [options.timers]
   */
  constructor({ patienceMs = PATIENCE_MS, onTimeout = () => {}, timers = BROWSER } = {}) {
    this.#patienceMs = patienceMs;
    this.#onTimeout = onTimeout;
    this.#timers = timers;
  }

  /** Whether an answer is awaited. */
  get waiting() {
    return this.#awaited !== null;
  }

  /** A change was sent: only the state of this key answers it. It takes the place of any that was awaited. @param {string} key */
  sent(key) {
    this.cancel();
    this.#awaited = key;
    this.#timer = this.#timers.set(() => {
      this.#awaited = null;
      this.#onTimeout();
    }, this.#patienceMs);
  }

  /**
   * Whether a state that the server sends may be shown: not while the answer to another change is awaited. The answer ends
   * the wait.
   * @param {string} key the state's
   */
  accepts(key) {
    if (this.#awaited !== null && this.#awaited !== key) return false;
    this.cancel();
    return true;
  }

  /** Wait no longer: whatever the server says next is shown. */
  cancel() {
    this.#awaited = null;
    this.#timers.clear(this.#timer);
  }
}
