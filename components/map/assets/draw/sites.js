/** Sites on the map: squares by who holds them and what the window did to them. */

import { called } from "../data/names.js";
import { legible } from "./palette.js";
import { outlined } from "./style.js";

/** @typedef {import("../data/posture.js").SiteState} SiteState */

const HIT = { square: 4, undisclosed: 26 }; // pixels that answer to the pointer: beyond a square, about a name
const LAST = 999; // the weight of those that are named last

export class Sites {
  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.style = scene.style.sites;
    this.step = scene.style.step;
    /** @type {{s: number, x: number, y: number}[]} */
    this.named = [];
  }

  /** Draw the sites on view, those of one place side by side. */
  draw() {
    const { scene, step } = this;
    const shown = new Set(scene.view.selection.sites);
    this.named = [];
    for (const place of scene.places) {
      const here = place.sites.filter((s) => shown.has(s));
      if (!here.length) continue;
      const [x, y] = scene.point([place.x, place.y]);
      if (!scene.onScreen([x, y])) continue;
      here.forEach((s, n) => this.#draw(s, x + (n - (here.length - 1) / 2) * step, y));
    }
  }

  /** @param {number} s @param {number} x @param {number} y */
  #draw(s, x, y) {
    const { scene, style } = this;
    const { data, hits, labels, view } = scene;
    const state = view.states[s];
    const { status, force, change, previous } = state;
    // Where the squares tell of changes, what did not change steps back.
    const live = view.marks === "changes" ? change !== "" : status !== "former" && status !== "unknown";
    const selected = scene.isSelected("site", s);
    const undisclosed = data.sites.precision[s] === "undisclosed";
    const reach = undisclosed ? HIT.undisclosed : style.size / 2 + HIT.square;
    hits.push({ type: "site", x, y, reach, rank: undisclosed ? 3 : 1, rows: () => [{ type: "site", number: s }] });
    if (undisclosed) {
      if (live) this.#undisclosed(s, x, y, force >= 0 ? force : previous);
      return;
    }
    const half = (live ? style.size : style.small) / 2;
    if (status === "held" || status === "handed-over") this.#held(state, x, y, half);
    else this.#left(state, x, y, half);
    if (view.marks === "changes") this.#strokes(style.strokes[change], x, y);
    labels.reserve(x, y, half + (selected ? style.clear_selected : style.clear));
    if (selected) scene.ring(x, y, half + style.ring);
    if (scene.isDisputed(data.sites, s)) scene.dispute(x + half + style.sign[0], y + half + style.sign[1]);
    if (live || selected || scene.zoom >= style.named_zoom) this.named.push({ s, x, y });
  }

  /**
   * No square for a place that nobody knows: only its name, amid its area.
   * @param {number} s @param {number} x @param {number} y @param {number} force
   */
  #undisclosed(s, x, y, force) {
    const { scene, style } = this;
    const { fonts, labels, names, view } = scene;
    const colour = legible(scene.forceColour(force), view.palette.land, scene.style.labels.contrast);
    const sign = scene.isDisputed(scene.data.sites, s) ? " ≠" : "";
    labels.centred(names[s] + sign, x, y, { font: fonts.area, colour });
    const below = y + style.undisclosed_line * scene.textScale;
    labels.centred(scene.data.words.undisclosed_site, x, below, { font: fonts.area, colour });
  }

  /** @param {SiteState} state @param {number} x @param {number} y @param {number} half */
  #held({ status, force, possible, previous }, x, y, half) {
    const { scene, style } = this;
    const { context, view } = scene;
    context.fillStyle = view.palette.land;
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
    context.globalAlpha = possible ? scene.style.possible : 1;
    context.fillStyle = scene.forceColour(force);
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
    context.globalAlpha = 1;
    if (status === "handed-over") {
      context.beginPath(); // the one that left, above the diagonal
      context.moveTo(x - half, y + half);
      context.lineTo(x - half, y - half);
      context.lineTo(x + half, y - half);
      context.closePath();
      context.fillStyle = scene.forceColour(previous);
      context.fill();
    }
    context.lineWidth = style.edge;
    context.strokeStyle = view.palette.edge;
    context.strokeRect(x - half, y - half, 2 * half, 2 * half);
  }

  /**
   * Upon a square that tells of a change: what came to it, or went.
   * @param {import("./style.js").Stroke[] | undefined} strokes @param {number} x @param {number} y
   */
  #strokes(strokes, x, y) {
    if (!strokes) return;
    const { context, view } = this.scene;
    context.beginPath();
    for (const [[startX, startY], ...rest] of strokes) {
      context.moveTo(x + startX, y + startY);
      for (const [toX, toY] of rest) context.lineTo(x + toX, y + toY);
    }
    context.lineWidth = this.style.stroke_width;
    context.strokeStyle = view.palette.halo;
    context.stroke();
  }

  /** @param {SiteState} state @param {number} x @param {number} y @param {number} half */
  #left({ status, previous }, x, y, half) {
    const { scene, style } = this;
    const { context, view } = scene;
    const colour = previous >= 0 ? scene.forceColour(previous) : view.palette.label;
    context.fillStyle = view.palette.land;
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
    outlined(context, style.outlines[status], colour, () => {
      context.strokeRect(x - half, y - half, 2 * half, 2 * half);
    });
  }

  /** Name those drawn: the selected one first, then those that changed, then by who holds them. */
  name() {
    const { scene, style } = this;
    const { data, fonts, labels, names, view, zoom } = scene;
    const arabic = zoom >= scene.style.basemap.arabic_zoom;
    /** @param {number} s */
    const weight = (s) => {
      if (scene.isSelected("site", s)) return -1;
      const { status, force, possible } = view.states[s];
      if (status === "former" || status === "unknown") return LAST;
      return status === "held" ? 1 + force + (possible ? 100 : 0) : 0;
    };
    this.named.sort((a, b) => weight(a.s) - weight(b.s) || a.s - b.s);
    for (const { s, x, y } of this.named) {
      const live = weight(s) < LAST;
      const [text, under] = called(names[s], data.sites.name_ar[s], view.lang, arabic);
      labels.beside(text, x, y, {
        font: live ? fonts.strong : fonts.plain,
        colour: live ? view.palette.strong : view.palette.label,
        gap: style.size / 2 + style.name_gap,
        must: scene.isSelected("site", s),
        under,
      });
    }
  }
}
