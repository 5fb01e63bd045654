/**
 * The early map's place in the page: this stands in the page's document, after Streamlit's root. It opens the map's frame at
 * once, and lets Streamlit's scripts come, which page_head.py has put by, when the map is painted, or soon anyway.
 */
(() => {
  /** How long Streamlit waits for the map. */
  const PATIENCE_MS = 1500;
  const scripts = /** @type {HTMLTemplateElement | null} */ (document.getElementById("streamlit"));
  const wake = () => {
    if (!scripts?.isConnected) return;
    document.head.append(document.importNode(scripts.content, true));
    scripts.remove();
  };
  // In a host's sandbox each frame is of an origin of its own, and none may speak to another.
  if (origin === "null") {
    wake();
    return;
  }
  // In a shadow root, of which the host tells whether the Tab key stops in it (map/assets/early/early.js).
  const host = document.createElement("div");
  host.id = "early";
  const frame = document.createElement("iframe");
  frame.title = "Map and timeline";
  frame.allow = "fullscreen; clipboard-write";
  frame.style.cssText = "display: block; width: 100%; height: 100%; border: 0";
  frame.src = `map${location.search}`;
  host.attachShadow({ mode: "open" }).append(frame);
  /** The map's side of it, when the frame has its document. @type {PromiseWithResolvers<NonNullable<Window["early"]>>} */
  const { promise: opened, resolve, reject } = Promise.withResolvers();
  frame.addEventListener("load", () => reject(new Error("no early map"))); // it has opened by then, or never will
  const late = () => {
    host.remove();
    wake();
  };
  opened.catch(late);
  addEventListener("laydown:early", wake);
  addEventListener("laydown:late", late);
  setTimeout(wake, PATIENCE_MS);
  window.laydownEarly = {
    /** The frame has its document: map/assets/early/early.js. */
    open: resolve,
    /** streamlit-folium's frame has come: boot.js. Where the early map is none for it, it is taken away. */
    async join(wire, rows) {
      try {
        const app = await (await opened).join(wire, rows);
        if (app) return app;
        throw new Error("the early map is of other rows");
      } catch (error) {
        host.remove();
        throw error;
      }
    },
  };
  document.body.append(host);
})();
