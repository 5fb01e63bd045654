/**
 * Words drawn once with their halo and then copied: the stroke about its letters costs a label more than all the
 * rest, and most labels of a frame were in the frame before.
 */

import { contextOf } from "./style.js";

const MOST = 2000; // labels kept
const TALL = 22; // pixels: room for a line of the largest font, where text is not larger

/**
 * @typedef {object} Style
 * @property {string} font as in CSS
 * @property {string} colour
 * @property {string} halo its colour
 * @property {string} [spacing] between letters, as in CSS
 */

export class TextCache {
  /** @param {number} halo the width of the line about letters, half of it beyond them */
  constructor(halo) {
    this.halo = halo;
    /** @type {Map<string, HTMLCanvasElement>} */
    this.drawn = new Map();
    /** @type {Map<string, number>} */
    this.widths = new Map();
    this.scale = 1;
    this.measuring = contextOf(document.createElement("canvas"));
  }

  /** Write text as large as it is now. @param {number} scale see textsize.js */
  resize(scale) {
    if (scale === this.scale) return;
    this.scale = scale;
    this.drawn.clear();
    this.widths.clear();
  }

  get tall() {
    return TALL * this.scale;
  }

  /** How wide a text is, in pixels. @param {string} text @param {string} font @param {string} [spacing] */
  width(text, font, spacing = "0px") {
    const key = `${font}|${spacing}|${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      this.measuring.font = font;
      this.measuring.letterSpacing = spacing;
      width = this.measuring.measureText(text).width;
      if (this.widths.size >= MOST) this.widths.clear();
      this.widths.set(key, width);
    }
    return width;
  }

  /**
   * Write a text from `left` on about the height `middle`.
   * @param {CanvasRenderingContext2D} context @param {string} text @param {number} left @param {number} middle
   * @param {Style} style
   */
  write(context, text, left, middle, { font, colour, halo, spacing = "0px" }) {
    const ratio = devicePixelRatio;
    const key = `${font}|${colour}|${halo}|${spacing}|${ratio}|${text}`;
    let image = this.drawn.get(key);
    if (!image) {
      image = this.#draw(text, Math.ceil(this.width(text, font, spacing)), { font, colour, halo, spacing }, ratio);
      if (this.drawn.size >= MOST) this.drawn.clear();
      this.drawn.set(key, image);
    }
    // On whole pixels: so it is copied, not blurred.
    const whole = (/** @type {number} */ at) => Math.round(at * ratio) / ratio;
    context.drawImage(
      image,
      whole(left - this.halo),
      whole(middle - this.tall / 2),
      image.width / ratio,
      image.height / ratio,
    );
  }

  /** @param {string} text @param {number} width @param {Required<Style>} style @param {number} ratio */
  #draw(text, width, { font, colour, halo, spacing }, ratio) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil((width + 2 * this.halo) * ratio);
    canvas.height = Math.ceil(this.tall * ratio);
    const context = contextOf(canvas);
    context.scale(ratio, ratio);
    context.font = font;
    context.letterSpacing = spacing;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = this.halo;
    context.strokeStyle = halo;
    context.strokeText(text, this.halo, this.tall / 2);
    context.fillStyle = colour;
    context.fillText(text, this.halo, this.tall / 2);
    return canvas;
  }
}
