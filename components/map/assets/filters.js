/** The filters: facets, the search, the day of knowledge; and which rows they let through. */

import { announceCleared } from "./bridge.js";
import { asKnown } from "./data/dataset.js";
import { resolve } from "./data/select.js";
import { toggled } from "./view_state.js";

export class Filters {
  /** What was resolved last, as a key: a view that asks for the same, as most answers do, costs no pass over the rows. */
  #resolved = "";

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
  }

  /** Whether they were resolved last for what a view asks for. @param {import("./view_state.js").ViewState} view */
  stand(view) {
    return this.#resolved === keyOfFilters(view);
  }

  /** Resolve them and show what passes: at once, but for the first search, whose text is fetched. */
  apply() {
    const { app } = this;
    const { view } = app;
    if (app.filter && this.stand(view)) return app.filtered(app.filter);
    const key = keyOfFilters(view);
    const filter = resolve(app.data, view);
    /** @param {import("./data/select.js").Filter} found */
    const arrived = (found) => {
      // Another may have overtaken it.
      if (view.facets !== app.view.facets || view.terms !== app.view.terms) return;
      this.#resolved = key;
      app.filtered(found);
    };
    if (!(filter instanceof Promise)) arrived(filter);
    else filter.then(arrived, (error) => app.notices.fail("The text to search in could not be loaded.", error));
  }

  /** Choose a value of a facet, or no longer. @param {string} key a facet's, such as "kind" @param {string} value */
  toggle(key, value) {
    this.app.change({ facets: toggled(this.app.view.facets, key, value) });
    this.apply();
  }

  /** Let everything through. */
  clear() {
    const { app } = this;
    app.change({ facets: {}, terms: [], known: null, box: null });
    announceCleared();
    app.data = asKnown(app.all, null);
    this.apply();
  }

  /** Show what is searched for while it is typed; Python hears of it when the typing is done. @param {string[]} terms */
  search(terms) {
    this.app.change({ terms });
    this.app.reports.searched();
    this.apply();
  }
}

/** @param {import("./view_state.js").ViewState} view */
const keyOfFilters = ({ facets, terms, known }) => JSON.stringify([facets, terms, known?.day ?? null]);
