/**
 * Many sprites at once, straight into the pixels of one image: what drawImage cannot do at frame rate. Laid newest
 * first, each under what is there already, so that no pixel is written twice.
 */

const EDGE = 16; // pixels about the image, so that a sprite at its rim needs no care
const SOLID = 96; // alpha from which a sprite's pixel covers what is below

export class Stamps {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.blank = true;
  }

  /** Begin an image of this size. @param {number} width @param {number} height in the canvas's own pixels */
  begin(width, height) {
    if (this.canvas.width !== width || this.canvas.height !== height || !this.image) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.image = new ImageData(width + 2 * EDGE, height + 2 * EDGE);
      this.pixels = new Uint32Array(this.image.data.buffer);
      this.cuts = new Map();
    } else this.pixels.fill(0);
    this.blank = false;
  }

  /** Lay a sprite about (x, y), in the canvas's pixels, within the canvas. */
  put(sprite, x, y) {
    const { offsets, colours } = this.cuts.get(sprite) ?? this.#cut(sprite);
    const { pixels } = this;
    const at = (Math.round(y) + EDGE) * this.image.width + Math.round(x) + EDGE;
    for (let n = 0; n < offsets.length; n++) {
      const pixel = at + offsets[n];
      if (pixels[pixel] === 0) pixels[pixel] = colours[n];
    }
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

  /** The pixels of a sprite that count, as offsets from its middle in this image. */
  #cut(sprite) {
    const { width, height } = sprite;
    const data = sprite.getContext("2d").getImageData(0, 0, width, height).data;
    const colours = new Uint32Array(data.buffer);
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
