/**
 * Many sprites at once, straight into the pixels of one image: what drawImage cannot do at frame rate. Laid newest
 * first, each under what is there already, so that no pixel is written twice.
 */

import { contextOf } from "./style.js";

const EDGE = 16; // pixels about the image, so that a sprite at its rim needs no care
const SOLID = 96; // alpha from which a sprite's pixel covers what is below

/** @typedef {{offsets: Int32Array, colours: Uint32Array}} Cut the pixels of a sprite, as offsets from its middle */

export class Stamps {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = contextOf(canvas);
    this.blank = true;
    this.image = new ImageData(1, 1);
    this.pixels = new Uint32Array(this.image.data.buffer);
    /** @type {Map<HTMLCanvasElement, Cut>} */
    this.cuts = new Map();
  }

  /** Begin an image of this size. @param {number} width @param {number} height in the canvas's own pixels */
  begin(width, height) {
    const { canvas } = this;
    const whole = [width + 2 * EDGE, height + 2 * EDGE];
    if (canvas.width !== width || canvas.height !== height || this.image.width !== whole[0]) {
      canvas.width = width;
      canvas.height = height;
      this.image = new ImageData(whole[0], whole[1]);
      this.pixels = new Uint32Array(this.image.data.buffer);
      this.cuts = new Map();
    } else this.pixels.fill(0);
    this.blank = false;
  }

  /**
   * Lay a sprite about (x, y), in the canvas's pixels, within the canvas.
   * @param {HTMLCanvasElement} sprite @param {number} x @param {number} y
   */
  put(sprite, x, y) {
    const { offsets, colours } = this.cuts.get(sprite) ?? this.#cut(sprite);
    const { pixels } = this;
    const at = (Math.round(y) + EDGE) * this.image.width + Math.round(x) + EDGE;
    for (let n = 0; n < offsets.length; n++) {
      const pixel = at + offsets[n];
      if (pixels[pixel] === 0) pixels[pixel] = colours[n];
    }
  }

  /**
   * Lay a rectangle, in the canvas's pixels; what lies beyond the canvas is left out.
   * @param {number} left @param {number} top @param {number} right @param {number} bottom
   * @param {number} colour as the pixels hold it
   */
  block(left, top, right, bottom, colour) {
    const { pixels, image, canvas } = this;
    const [from, to] = [Math.max(0, left) + EDGE, Math.min(canvas.width, right) + EDGE];
    if (from >= to) return;
    const last = Math.min(canvas.height, bottom) + EDGE;
    for (let y = Math.max(0, top) + EDGE; y < last; y++)
      pixels.fill(colour, y * image.width + from, y * image.width + to);
  }

  /** Show what was laid. */
  end() {
    this.context.putImageData(this.image, -EDGE, -EDGE);
  }

  /** Show nothing. */
  clear() {
    if (!this.blank) this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.blank = true;
  }

  /** The pixels of a sprite that count. @param {HTMLCanvasElement} sprite @returns {Cut} */
  #cut(sprite) {
    const { width, height } = sprite;
    const data = contextOf(sprite).getImageData(0, 0, width, height).data;
    const colours = new Uint32Array(data.buffer);
    /** @type {number[]} */
    const kept = [];
    for (let n = 0; n < colours.length; n++) if (data[4 * n + 3] >= SOLID) kept.push(n);
    const cut = {
      offsets: Int32Array.from(kept, (n) => {
        const [row, column] = [Math.floor(n / width), n % width];
        return (row - (height >> 1)) * this.image.width + column - (width >> 1);
      }),
      colours: Uint32Array.from(kept, (n) => colours[n]),
    };
    this.cuts.set(sprite, cut);
    return cut;
  }
}
