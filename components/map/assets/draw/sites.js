/** Sites on the map: squares by who holds them and what the window did to them. */

import { called } from "../data/names.js";
import { Crowd } from "./crowd.js";
import { drawLetters } from "./letters.js";
import { legible } from "./palette.js";
import { outlined, polylines } from "./style.js";

/** @typedef {import("../data/posture.js").SiteState} SiteState */

const HIT = { square: 4, undisclosed: 26 }; // pixels that answer to the pointer: beyond a square, about a name
const OTHERS = 1000; // the weight of those that are not the subject's
const LAST = 9999; // and of those that are named last

export class Sites {
  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.style = scene.style.sites;
    this.step = scene.style.step;
    this.crowd = new Crowd(scene);
    /** @type {{s: number, x: number, y: number}[]} */
    this.named = [];
    /** Of those without a square. @type {{s: number, x: number, y: number}[]} */
    this.secret = [];
  }

  /** The sites that have a symbol of their own: of a crowd what is selected, and those without a square. @returns {number[]} */
  get single() {
    const { scene } = this;
    const { sites } = scene.view.selection;
    if (!this.crowd.here) return sites;
    const { selected } = scene.view;
    const own = selected?.type === "site" && scene.isMarked(selected.number) ? [selected.number] : [];
    return [...this.crowd.secret, ...own];
  }

  /** Draw the sites on view, those of one place side by side, those told in full over the others. */
  draw() {
    const { scene, step } = this;
    if (this.crowd.here) this.crowd.draw();
    const shown = new Set(this.single);
    this.named = [];
    this.secret = [];
    if (!shown.size) return;
    /** @type {[number, number, number][]} */
    const full = [];
    for (const place of scene.places) {
      const here = place.sites.filter((s) => shown.has(s));
      if (!here.length) continue;
      const [x, y] = scene.point([place.x, place.y]);
      if (!scene.onScreen([x, y])) continue;
      here.forEach((s, n) => {
        const left = x + (n - (here.length - 1) / 2) * step;
        if (scene.isFull("site", s)) full.push([s, left, y]);
        else this.#draw(s, left, y, false);
      });
    }
    for (const [s, x, y] of full) this.#draw(s, x, y, true);
  }

  /** @param {number} s @param {number} x @param {number} y @param {boolean} full */
  #draw(s, x, y, full) {
    const { scene, style } = this;
    const { data, hits, labels, view } = scene;
    const state = view.states[s];
    const { status, change } = state;
    // Where the squares tell of changes, what did not change steps back.
    const cornered = view.marks === "compare" && style.cornered.includes(change);
    const live = view.marks === "changes" ? change !== "" : cornered || (status !== "former" && status !== "unknown");
    const selected = scene.isSelected("site", s);
    const undisclosed = data.sites.precision[s] === "undisclosed";
    const reach = undisclosed ? HIT.undisclosed : style.size / 2 + HIT.square;
    hits.push({ type: "site", x, y, reach, rank: undisclosed ? 3 : 1, rows: () => [{ type: "site", number: s }] });
    if (undisclosed) {
      if (live) this.secret.push({ s, x, y });
      return;
    }
    const { pale } = scene.style;
    const half = (full ? (live ? style.size : style.small) : live ? pale.site : pale.small) / 2;
    if (status === "held" || status === "handed-over") this.#held(state, x, y, half, full);
    else this.#left(state, x, y, half, full);
    if (view.marks === "changes") this.#strokes(style.strokes[change], x, y);
    else if (view.letters && live) this.#letter(state, x, y);
    if (cornered) this.#corners(x, y);
    labels.reserve(x, y, half + (selected ? style.clear_selected : cornered ? style.clear_cornered : style.clear));
    if (selected) scene.ring(x, y, half + style.ring);
    if (full && scene.isDisputed(data.sites, s)) scene.dispute(x + half + style.sign[0], y + half + style.sign[1]);
    const near = scene.zoom >= (full ? style.named_zoom : pale.named_zoom);
    if (near || selected || (live && full)) this.named.push({ s, x, y });
  }

  /**
   * No square for a place that nobody knows: only its name, within its area.
   * @param {number} s @param {number} x @param {number} y
   */
  #nameSecret(s, x, y) {
    const { scene } = this;
    const { fonts, labels, names, view } = scene;
    const { force, previous } = view.states[s];
    const full = scene.isFull("site", s);
    const colour = full
      ? legible(scene.forceColour(force >= 0 ? force : previous), view.palette.land, scene.style.labels.contrast)
      : view.palette.label;
    const under = scene.data.words.undisclosed_site;
    labels.centred(names[s], x, y, { font: fonts.area, colour, under, stray: this.style.undisclosed_stray });
  }

  /** @param {SiteState} state @param {number} x @param {number} y @param {number} half @param {boolean} full */
  #held({ status, force, possible, previous }, x, y, half, full) {
    const { scene, style } = this;
    const { context, view } = scene;
    context.fillStyle = view.palette.land;
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
    context.globalAlpha = scene.strength(!possible, full);
    context.fillStyle = scene.forceColour(force, full);
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
    context.globalAlpha = 1;
    if (status === "handed-over") {
      context.beginPath(); // the one that left, above the diagonal
      context.moveTo(x - half, y + half);
      context.lineTo(x - half, y - half);
      context.lineTo(x + half, y - half);
      context.closePath();
      context.fillStyle = scene.forceColour(previous, full);
      context.fill();
    }
    context.lineWidth = full ? style.edge : scene.style.pale.edge;
    context.strokeStyle = view.palette.edge;
    context.strokeRect(x - half, y - half, 2 * half, 2 * half);
  }

  /** Whose the square is, or was. @param {SiteState} state @param {number} x @param {number} y */
  #letter({ force, previous }, x, y) {
    const { context, data, view } = this.scene;
    const holder = data.forces[force >= 0 ? force : previous];
    if (holder) drawLetters(context, holder.letters, x, y, view.palette);
  }

  /**
   * Upon a square that tells of a change: what came to it, or went.
   * @param {import("./style.js").Stroke[] | undefined} strokes @param {number} x @param {number} y
   */
  #strokes(strokes, x, y) {
    if (!strokes) return;
    const { context, view } = this.scene;
    polylines(context, strokes, x, y);
    context.lineWidth = this.style.stroke_width;
    context.strokeStyle = view.palette.halo;
    context.stroke();
  }

  /** About a square of a compared map: the window changed the site. @param {number} x @param {number} y */
  #corners(x, y) {
    const { context, view } = this.scene;
    const { corners, corner_width, corner_halo } = this.style;
    for (const [width, colour] of /** @type {[number, string][]} */ ([
      [corner_halo, view.palette.halo],
      [corner_width, view.palette.strong],
    ])) {
      polylines(context, corners, x, y);
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    }
  }

  /** @param {SiteState} state @param {number} x @param {number} y @param {number} half @param {boolean} full */
  #left({ status, previous }, x, y, half, full) {
    const { scene, style } = this;
    const { context, view } = scene;
    const colour = previous >= 0 ? scene.forceColour(previous, full) : scene.ink(view.palette.label, full);
    context.fillStyle = view.palette.land;
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
    outlined(context, style.outlines[status], colour, () => {
      context.strokeRect(x - half, y - half, 2 * half, 2 * half);
    });
  }

  /** A line from a name's edge to the square that it belongs to. @param {[number, number]} from @param {number} x @param {number} y */
  #lead([left, low], x, y) {
    const { scene, style } = this;
    const part = style.size / 2 / Math.hypot(left - x, low - y);
    scene.leader(left, low, x + (left - x) * part, y + (low - y) * part, style.leader, scene.view.palette.strong);
  }

  /**
   * Name those drawn that are told in full, or the others: the selected one first, then the subject's, of them and of
   * the others those that changed, then by who holds them; then those without a square.
   * @param {boolean} full
   */
  name(full) {
    const { scene, style } = this;
    const { data, fonts, labels, names, view, zoom } = scene;
    const arabic = zoom >= scene.style.basemap.arabic_zoom;
    /** @param {number} s */
    const weight = (s) => {
      if (scene.isSelected("site", s)) return -1;
      const { status, force, possible, change } = view.states[s];
      if (status === "former" || status === "unknown") return LAST;
      const others = view.levels.own(s) ? 0 : OTHERS;
      return others + (status === "held" ? 1 + force + (possible ? 100 : 0) + (change ? 0 : 200) : 0);
    };
    const level = this.named.filter(({ s }) => scene.isFull("site", s) === full);
    level.sort((a, b) => weight(a.s) - weight(b.s) || a.s - b.s);
    for (const { s, x, y } of level) {
      const strong = full && weight(s) < LAST;
      const [text, under] = called(names[s], data.sites.name_ar[s], view.lang, arabic);
      const written = labels.beside(text, x, y, {
        font: strong ? fonts.strong : fonts.plain,
        colour: strong ? view.palette.strong : view.palette.label,
        gap: (full ? style.size : scene.style.pale.site) / 2 + style.name_gap,
        must: scene.isSelected("site", s),
        under,
      });
      if (written || !full) continue;
      const look = {
        font: strong ? fonts.strong : fonts.plain,
        colour: strong ? view.palette.strong : view.palette.label,
      };
      const spot = labels.near(text, x, y, look, style.stray);
      if (spot) this.#lead(spot, x, y);
    }
    for (const { s, x, y } of this.secret) {
      if (scene.isFull("site", s) === full && (full || zoom >= scene.style.pale.named_zoom)) this.#nameSecret(s, x, y);
    }
  }
}
