/** Sites on the map: squares by who holds them and what the window did to them. */

import { called } from "../data/names.js";
import { legible } from "./palette.js";

export const SITE = 14;
const SMALL = 8; // for what was left before the window, or has no holder on record
const STEP = 16;

export class Sites {
  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
  }

  /** Draw the sites on view, those of one place side by side. */
  draw() {
    const { scene } = this;
    const shown = new Set(scene.view.selection.sites);
    this.named = [];
    for (const place of scene.places) {
      const here = place.sites.filter((s) => shown.has(s));
      if (!here.length) continue;
      const [x, y] = scene.point([place.x, place.y]);
      if (!scene.onScreen([x, y])) continue;
      here.forEach((s, n) => this.#draw(s, x + (n - (here.length - 1) / 2) * STEP, y));
    }
  }

  #draw(s, x, y) {
    const { data, hits, labels, view } = this.scene;
    const { status, force, change, previous } = view.states[s];
    // Where the squares tell of changes, what did not change steps back.
    const live = view.marks === "changes" ? change !== "" : status !== "former" && status !== "unknown";
    const selected = view.selected?.type === "site" && view.selected.number === s;
    const undisclosed = data.sites.precision[s] === "undisclosed";
    const reach = undisclosed ? 26 : SITE / 2 + 4;
    hits.push({ x, y, reach, rank: undisclosed ? 3 : 1, rows: () => [{ type: "site", number: s }] });
    if (undisclosed) {
      if (live) this.#undisclosed(s, x, y, force >= 0 ? force : previous);
      return;
    }
    const half = (live ? SITE : SMALL) / 2;
    if (status === "held" || status === "handed-over") this.#held(view.states[s], x, y, half);
    else this.#left(view.states[s], x, y, half);
    if (view.marks === "changes") this.#sign(data.strokes[change], x, y);
    labels.reserve(x, y, half + (selected ? 6 : 1));
    if (selected) this.scene.ring(x, y, half + 5);
    if (this.scene.isDisputed(data.sites, s)) this.scene.dispute(x + half - 2, y + half + 1); // below: above it lie incidents
    if (live || selected || this.scene.zoom >= 8) this.named.push({ s, x, y });
  }

  /** No square for a place that nobody knows: only its name, amid its area. */
  #undisclosed(s, x, y, force) {
    const { italic, labels, names, view } = this.scene;
    const style = { font: italic, colour: legible(this.scene.forceColour(force), view.palette.land, 4.5) };
    const sign = this.scene.isDisputed(this.scene.data.sites, s) ? " ≠" : "";
    labels.centred(names[s] + sign, x, y, style);
    labels.centred("site undisclosed", x, y + 15 * this.scene.textScale, style);
  }

  #held({ status, force, possible, previous }, x, y, half) {
    const { context, view } = this.scene;
    context.fillStyle = view.palette.land;
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
    context.globalAlpha = possible ? 0.45 : 1;
    context.fillStyle = this.scene.forceColour(force);
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
    context.globalAlpha = 1;
    if (status === "handed-over") {
      context.beginPath(); // the one that left, above the diagonal
      context.moveTo(x - half, y + half);
      context.lineTo(x - half, y - half);
      context.lineTo(x + half, y - half);
      context.closePath();
      context.fillStyle = this.scene.forceColour(previous);
      context.fill();
    }
    context.lineWidth = 1.5;
    context.strokeStyle = view.palette.edge;
    context.strokeRect(x - half, y - half, 2 * half, 2 * half);
  }

  /** Upon a square that tells of a change: what came to it, or went. */
  #sign(strokes, x, y) {
    if (!strokes) return;
    const { context, view } = this.scene;
    context.beginPath();
    for (const [[startX, startY], ...rest] of strokes) {
      context.moveTo(x + startX, y + startY);
      for (const [toX, toY] of rest) context.lineTo(x + toX, y + toY);
    }
    context.lineWidth = 2;
    context.strokeStyle = view.palette.halo;
    context.stroke();
  }

  #left({ status, previous }, x, y, half) {
    const { context, view } = this.scene;
    context.fillStyle = view.palette.land;
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
    context.globalAlpha = status === "vacated" ? 1 : 0.6;
    context.strokeStyle = previous >= 0 ? this.scene.forceColour(previous) : view.palette.label;
    context.setLineDash(status === "unknown" ? [1, 2] : [3, 2.5]);
    context.lineWidth = status === "vacated" ? 2 : 1.25;
    context.strokeRect(x - half, y - half, 2 * half, 2 * half);
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /** Name those drawn: the selected one first, then those that changed, then by who holds them. */
  name() {
    const { bold, data, labels, names, plain, view, zoom } = this.scene;
    const selected = (s) => view.selected?.type === "site" && view.selected.number === s;
    const weight = ({ s }) => {
      if (selected(s)) return -1;
      const { status, force, possible } = view.states[s];
      if (status === "former" || status === "unknown") return 999;
      return status === "held" ? 1 + force + (possible ? 100 : 0) : 0;
    };
    this.named.sort((a, b) => weight(a) - weight(b) || a.s - b.s);
    for (const { s, x, y } of this.named) {
      const live = weight({ s }) < 999;
      const [text, under] = called(names[s], data.sites.name_ar[s], view.lang, zoom >= 9);
      labels.beside(text, x, y, {
        font: live ? bold : plain,
        colour: live ? view.palette.strong : view.palette.label,
        gap: SITE / 2 + 5,
        must: selected(s),
        under,
      });
    }
  }
}
