// The one classic script of the map's frame. It takes the calls that folium's scripts make while the modules
// are still on their way, and hands them over in order. See start.js and app.js for what they do.
(() => {
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  // All modules as one (map/bundle.py); in a file of its own it lies in the page's import map, and a page that may load no
  // modules, as from a disk, has run it as a script before this one.
  const bundle = here.startsWith("data:") ? "laydown" : new URL("bundle.js", here).href;
  const modules = () => (window.laydownModules ? Promise.resolve(window.laydownModules) : import(bundle));
  /** @typedef {import("./app.js").App} App */
  /** @type {Promise<App> | null} */
  let app = null;
  /** Whether it is the early map's, to which this frame is the wire. */
  let wired = false;
  /** @param {(ready: App) => unknown} act */
  const whenReady = (act) => app?.then(act, () => {});

  /** The page around, where it holds an early map: ui/assets/early.js. */
  function page() {
    try {
      return window.Streamlit && !window.early ? parent.laydownEarly : undefined;
    } catch {
      return undefined; // it is another's
    }
  }

  window.laydown = {
    /** Begin: called once by EventLayer's script. */
    start(map, config) {
      const own = () => modules().then(({ start }) => start(map, config));
      window.laydown.rows = new URL(config.rows.json, document.baseURI).href;
      const early = page()?.join(window, window.laydown.rows);
      wired = Boolean(early);
      const starting = early
        ? early.catch(() => {
            wired = false;
            return own();
          })
        : own();
      starting.catch((error) => console.error("laydown:", error));
      app = starting;
    },
    /** Add the timeline: called once by Timeline's script. */
    timeline(config) {
      whenReady((ready) => wired || ready.addTimeline(config));
    },
    /** Show a View: called by Command's script, which adds the empty layer that it gets. */
    show(command) {
      whenReady((ready) => ready.show(command));
      return L.layerGroup();
    },
    /** Be a page of its own: called once by the script of an embed or a file, or of a static site (site/assets/site.js). */
    alone(config) {
      whenReady((ready) =>
        modules().then(({ Embed, openSite }) => (openSite ? openSite(ready, config) : new Embed(ready, config))),
      );
    },
    /** What start() has begun. */
    app() {
      return app;
    },
    /** The address of the rows. */
    rows: "",
    /**
     * What is on view, for tests and benchmarks:
     * {ready, window: {from, to}, shown: {sites, incidents, movements}, selected, marks, compare, camera}.
     * app.js replaces it as soon as the rows are there.
     */
    state() {
      return { ready: false };
    },
  };
})();
