/**
 * The frames about the symbols of what happened somewhere in a country or region, wherever there is room in it or
 * beside it, and what they say: it is not at this point.
 */

import { pixelsPerKm } from "../data/places.js";
import { outlined } from "./style.js";

/** @typedef {import("./incidents.js").Mark} Mark */

export class Regions {
  /** @param {import("./scene.js").Scene} scene @param {import("./incidents.js").Incidents} incidents */
  constructor(scene, incidents) {
    this.scene = scene;
    this.incidents = incidents;
    this.style = scene.style.regions;
    /** @type {{marks: Mark[], x: number, y: number}[]} */
    this.regions = [];
  }

  clear() {
    this.regions = [];
  }

  /** @param {Mark[]} marks @param {number} x the region's point @param {number} y */
  add(marks, x, y) {
    this.regions.push({ marks, x, y });
  }

  /** Those told in full find their rooms first. */
  draw() {
    for (const full of [true, false]) {
      for (const { marks, x, y } of this.regions)
        if (marks.some((mark) => mark.full) === full) this.#draw(marks, x, y, full);
    }
  }

  /** @param {Mark[]} marks @param {number} x @param {number} y @param {boolean} full */
  #draw(marks, x, y, full) {
    const { scene, style } = this;
    const { labels, view, fonts, textScale } = scene;
    const rows = scene.data.incidents;
    const [{ newest }] = marks;
    const reach = rows.radius(newest) * pixelsPerKm(rows.lat[newest], scene.zoom);
    if (!scene.onScreen([x, y], reach)) return;
    const where = rows.site(newest) >= 0 ? scene.names[rows.site(newest)] : rows.placeName(newest).split(",")[0];
    const { anywhere, unnamed_area } = scene.data.words;
    const text = anywhere.replace("{place}", () => where || unnamed_area);
    const words = { font: fonts.area, colour: view.palette.label };
    const symbols = this.incidents.rowWidth(marks);
    const [half, more, wider] = style.room;
    const width = symbols + style.wider;
    const [near, far] = style.stray;
    const broad = Math.max(symbols / 2 + wider, labels.width(text, words) / 2);
    const worded = full || scene.zoom >= scene.style.pale.named_zoom;
    const stray = Math.min(Math.max(reach, near), far);
    /** @param {number} off */
    const withWords = (off) => labels.room(x, y, broad, half + more * textScale, off);
    /** @param {number} off */
    const bare = (off) => {
      const middle = labels.room(x, y - style.lower, width / 2, half, off);
      return middle && [middle[0], middle[1] + style.lower];
    };
    // With the words it may stand beside its area; without them within it, and elsewhere only rather than on a name.
    const close = worded ? withWords(stray) : null;
    const within = close ? null : bare(Math.min(reach * style.within, far));
    const roomy = close ?? (within ? null : withWords(far));
    const [middle, low] = roomy ?? within ?? bare(far) ?? [x, y];
    if (Math.hypot(middle - x, low - y) > reach) scene.leader(middle, low, x, y);
    const [left, top] = [middle - width / 2, low - style.above];
    this.#frame(left, top, width);
    this.incidents.drawRow(marks, middle, low - style.symbols);
    labels.reserveBox([left, top, left + width, top + style.height]);
    // Else the words are in its card.
    if (roomy) labels.write(text, middle, low + style.words[0] + style.words[1] * textScale, words);
  }

  /** @param {number} left @param {number} top @param {number} width */
  #frame(left, top, width) {
    const { style } = this;
    const { context, view } = this.scene;
    context.beginPath();
    context.roundRect(left, top, width, style.height, style.height / 2);
    context.globalAlpha = style.ground;
    context.fillStyle = view.palette.land;
    context.fill();
    outlined(context, style.outline, view.palette.label, () => context.stroke());
  }
}
