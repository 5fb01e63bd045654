/** What the page around the map's frame does, and what the map does at once in answer. */

import {
  followSheet,
  onAct,
  onCommand,
  onEscape,
  onNavigate,
  onRan,
  onReturn,
  onSearch,
  passDragsOn,
} from "./bridge.js";

/** Hear what the page around says. @param {import("./app.js").App} app */
export function followPage(app) {
  onNavigate(() => {
    app.camera.forget();
    app.reports.navigated();
  });
  onCommand((command) => app.view && app.answer(command));
  onRan((days) => app.ran(days));
  onReturn(() => app.reports.returned());
  onAct((verb, value) => Boolean(app.view) && anticipate(app, verb, value));
  followSheet(() => app.view && app.row.reveal());
  onEscape(() => app.deselect());
  passDragsOn();
  onSearch((terms) => app.view && app.filters.search(terms));
}

/**
 * An optimistic update: show at once what a press in the page around will ask for. Python, which hears of it too, says
 * the same later.
 * @param {import("./app.js").App} app
 * @param {string} verb
 * @param {string} value
 * @returns {boolean} whether the map tells Python itself
 */
function anticipate(app, verb, value) {
  if (verb in app.data.incidents.facets) app.filters.toggle(verb, value);
  else if (verb === "clear") app.filters.clear();
  else if (verb === "deselect") app.row.clear();
  else if (verb === "window") {
    const [start, end] = value.split("/").map(Number);
    app.change({ start, end });
    app.refresh();
  } else if (verb === "box") {
    app.setInView(value === "on");
    return true;
  }
  return false;
}
