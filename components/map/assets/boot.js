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
  /** @param {(ready: App) => unknown} act */
  const whenReady = (act) => app?.then(act, () => {});

  window.laydown = {
    /** Begin: called once by EventLayer's script. */
    start(map, config) {
      const starting = modules().then(({ start }) => start(map, config));
      starting.catch((error) => console.error("laydown:", error));
      app = starting;
    },
    /** Add the timeline: called once by Timeline's script. */
    timeline(config) {
      whenReady((ready) => ready.addTimeline(config));
    },
    /** Show a View: called by Command's script, which adds the empty layer that it gets. */
    show(command) {
      whenReady((ready) => ready.hear(command));
      return L.layerGroup();
    },
    /** Be a page of its own: called once by the script of an embed or a file, or of a static site (site/assets/site.js). */
    alone(config) {
      whenReady((ready) =>
        modules().then(({ Embed, openSite }) => (openSite ? openSite(ready, config) : new Embed(ready, config))),
      );
    },
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
