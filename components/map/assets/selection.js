/** The selected row: how a press selects it, its mark on the map, and how it is brought into sight. */

import { shiftIntoSight } from "./controls/reveal.js";
import { coveredNow } from "./draw/labels.js";

/** How long a press on the empty map waits to be the first of a double one, which zooms. */
const DOUBLE_MS = 250;
/** How far from the map's edges, in pixels, what is brought into sight comes to lie. */
const CLEAR_PX = 40;
const PAN_SECONDS = 0.15;
/** By how many zooms a press on several sites goes nearer to them. */
const NEARER = 2;

/** @typedef {import("./app.js").Mark} Mark */

export class SelectedRow {
  /** What is marked on the map: as soon as it is pressed, whatever must be fetched to name it. @type {Mark | null} */
  mark = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #clearing;

  /** @param {import("./app.js").App} app */
  constructor(app) {
    this.app = app;
    app.map.on("click", (event) => this.#click(event));
    app.map.on("dblclick", () => clearTimeout(this.#clearing));
  }

  /** Mark what the view says is selected. */
  follow() {
    const { view, data } = this.app;
    const [type, id] = view.selected.split(/:(.*)/s);
    if (type === "incident") this.mark = { type, number: view.number };
    else if (type === "site" || type === "movement") {
      const { numbers } = { site: data.sites, movement: data.movements }[type];
      const number = numbers.get(id);
      this.mark = number === undefined ? null : { type, number };
    } else this.mark = null;
  }

  /** Select a row. @param {Mark["type"]} type @param {number} number */
  async select(type, number) {
    const mark = { type, number };
    this.mark = mark;
    this.app.refresh();
    const { sites, movements, texts } = this.app.data;
    const id =
      type === "incident" ? (await texts.get([number]))[0].id : { site: sites, movement: movements }[type].id[number];
    if (this.mark !== mark) return; // another was selected meanwhile
    this.app.change({ selected: `${type}:${id}`, number: type === "incident" ? number : -1 });
    this.app.reports.send();
  }

  /** Select nothing. @returns {boolean} whether anything was selected */
  clear() {
    const { app } = this;
    if (!app.view.selected && !this.mark) return false;
    this.mark = null;
    app.change({ selected: "", number: -1 });
    app.refresh();
    return true;
  }

  /** Move the map so that what is selected can be seen: a movement's whole line, or else its middle. */
  reveal(moving = true) {
    if (!this.mark) return;
    const { mark } = this;
    const { map, scene } = this.app;
    const line = (mark.type === "movement" && scene.movementPath(mark.number)?.points) || [];
    const at = scene.where(mark);
    const shift = [line, at ? [at] : []]
      .filter((points) => points.length)
      .map((points) => shiftIntoSight(points, map.getSize(), coveredNow(), CLEAR_PX))
      .find((found) => found);
    if (!shift || !Math.hypot(...shift)) return;
    const animate = moving && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    map.panBy([-shift[0], -shift[1]], { animate, duration: PAN_SECONDS });
  }

  /**
   * Select what was pressed; where several incidents lie on one spot, spread them out to choose from; go nearer to several sites. The empty map closes
   * what was spread out, or else selects nothing.
   * @param {import("leaflet").LeafletMouseEvent} event
   */
  #click({ containerPoint: { x, y }, originalEvent }) {
    const { app } = this;
    const { map, scene } = app;
    clearTimeout(this.#clearing);
    const [hit] = scene.at(x, y);
    if (hit) this.#press(hit);
    else {
      const target = /** @type {Node} */ (originalEvent.target);
      const onMap = target === map.getContainer() || map.getPane("mapPane")?.contains(target);
      if (onMap && !scene.fan.opened) this.#clearing = setTimeout(() => app.deselect(), DOUBLE_MS);
      scene.fan.close();
    }
    scene.draw(); // now, so that a fan can be pressed however fast the next press comes
  }

  /** @param {{rows: Mark[], stamped?: number, x: number, y: number}} hit */
  #press(hit) {
    const { map, scene } = this.app;
    const { fan, incidents } = scene;
    if (hit.rows.length > 1 && hit.rows[0].type === "site") {
      map.setZoomAround(L.point(hit.x, hit.y), map.getZoom() + NEARER); // a crowd's square
      return;
    }
    const several =
      hit.stamped === undefined ? hit.rows.map(({ number }) => number) : [...incidents.around(hit.stamped)];
    if (several.length > 1) {
      fan.open(several, hit.x, hit.y);
      return;
    }
    const [{ type, number }] = hit.rows;
    this.select(type, number).catch((error) => this.app.notices.fail("That row could not be loaded.", error));
  }
}
