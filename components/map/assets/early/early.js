/**
 * The early map: the map in a frame that the page's document itself holds (ui/assets/early.js), there before Streamlit is.
 * When streamlit-folium's own frame comes, it builds no map (boot.js): it is the wire to Python. Commands come in by it,
 * reports go out by it; what was done before it came is reported then.
 *
 * This script runs before all others of the frame. To them it is what they would find in streamlit-folium's.
 */
(() => {
  const RENDER_EVENT = "streamlit:render";
  const events = new EventTarget();
  /** streamlit-folium's frame. @type {Window | null} */
  let wire = null;
  /** Whether something was to be reported before it came. */
  let unheard = false;

  window.__GLOBAL_DATA__ = {};
  window.Streamlit = {
    RENDER_EVENT,
    events,
    setComponentValue(value) {
      unheard = !wire?.Streamlit;
      if (!wire?.Streamlit) return;
      Object.assign(wire.__GLOBAL_DATA__, window.__GLOBAL_DATA__);
      wire.Streamlit.setComponentValue(value);
    },
  };

  /** Whether the Tab key goes backwards. */
  let back = false;
  /** Whether it is on its way out of the map. */
  let leaving = false;
  const watch = (/** @type {KeyboardEvent} */ { shiftKey }) => {
    back = shiftKey;
  };
  parent.addEventListener("keydown", watch, true);
  addEventListener("pagehide", () => parent.removeEventListener("keydown", watch, true));

  /** What the Tab key stops at in the map, in order. @returns {HTMLElement[]} */
  function stops() {
    /** @type {NodeListOf<HTMLElement>} */
    const found = document.querySelectorAll("a[href], button, input, select, textarea, [tabindex]");
    return [...found].filter(
      (one) =>
        one.tabIndex >= 0 &&
        !one.matches(":disabled, [inert] *") &&
        one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }),
    );
  }

  /**
   * Let the map be, for the Tab key and for who listens, where the wire stands in the page, and not after all else, where its
   * own frame does: whoever comes to the wire is led into the map, and out of it from there.
   * @param {Window} other the wire
   */
  function standIn(other) {
    const { body } = other.document;
    const frame = /** @type {HTMLElement} */ (other.frameElement);
    const own = /** @type {HTMLElement} */ (parent.document.getElementById("early"));
    for (const one of body.children) one.toggleAttribute("inert", true); // its own map, which stays empty
    const stop = other.document.createElement("span");
    stop.tabIndex = 0;
    body.append(stop);
    stop.addEventListener("focus", () => {
      if (leaving) return;
      window.focus();
      stops()
        .at(back ? -1 : 0)
        ?.focus();
    });
    leave = () => stop.focus();
    own.tabIndex = -1;
    frame.setAttribute("aria-hidden", "true");
    frame.parentElement?.setAttribute("aria-owns", own.id);
  }
  /** Put the focus where the wire stands. @type {(() => void) | null} */
  let leave = null;
  addEventListener("keydown", (event) => {
    back = event.shiftKey;
    if (event.key !== "Tab" || event.defaultPrevented || !leave) return;
    const { activeElement } = document;
    if (activeElement !== stops().at(back ? 0 : -1) && !(back && activeElement === document.body)) return;
    // The browser goes on from where the focus is when it has told of the key.
    leaving = true;
    leave();
    setTimeout(() => {
      leaving = false;
    });
  });

  window.early = {
    /** Whether the wire has ever come. */
    joined: false,

    /** The folium map is there: called once by the document's script. */
    begin(map) {
      window.map = map;
      const told = (/** @type {string} */ name) => parent.dispatchEvent(new CustomEvent(name));
      window.laydown.app()?.then(
        () => {
          requestAnimationFrame(() => setTimeout(() => told("laydown:early"))); // it is painted
        },
        () => told("laydown:late"),
      );
    },

    /**
     * The wire has come: called by boot.js in streamlit-folium's frame.
     * @param {Window} other the frame's
     * @param {string} rows the address of the rows that Python's commands are about
     * @returns {Promise<import("../app.js").App> | null} what follows its commands; null where these are other rows
     */
    join(other, rows) {
      const app = window.laydown.app();
      if (!app || !other.Streamlit || window.laydown.rows !== rows) return null;
      wire = other;
      this.joined = true;
      other.addEventListener("pagehide", () => {
        if (wire === other) wire = null;
      });
      const pass = (/** @type {unknown} */ detail) => events.dispatchEvent(new CustomEvent(RENDER_EVENT, { detail }));
      other.Streamlit.events.addEventListener(other.Streamlit.RENDER_EVENT, (event) =>
        pass(/** @type {CustomEvent} */ (event).detail),
      );
      standIn(other);
      return app.then((ready) => {
        pass({}); // the page's theme and the size of its text are known by now
        if (unheard) ready.reports.returned();
        unheard = false;
        return ready;
      });
    },
  };
  parent.laydownEarly?.open(window.early);
})();
