/** Labels that do not collide: whoever asks first gets the room. */

export class Labels {
  /** @param {{x: number, y: number}} size of the map: no label is cut by its edge */
  constructor(context, palette, size) {
    this.context = context;
    this.size = size;
    this.palette = palette;
    this.taken = [];
  }

  /** Keep labels off a symbol about (x, y). */
  reserve(x, y, reach) {
    this.taken.push([x - reach, y - reach, x + reach, y + reach]);
  }

  /** Write `text` beside (x, y) where there is room; return whether there was. */
  beside(text, x, y, { font, colour, gap = 9, must = false }) {
    this.context.font = font;
    const width = this.context.measureText(text).width;
    const half = 7;
    const spots = [
      [x + gap, y],
      [x - gap - width, y],
      [x - width / 2, y + gap + half],
      [x - width / 2, y - gap - half],
    ];
    const spot = spots.find(([left, middle]) => this.#free(left, middle - half, left + width, middle + half));
    if (!spot && !must) return false;
    this.#write(text, ...(spot ?? spots[0]), colour);
    return true;
  }

  /** Write `text` centred on (x, y), or as near to it as there is room within `stray` pixels. */
  centred(text, x, y, { font, colour, spacing = "0px", stray = 0 }) {
    this.context.font = font;
    this.context.letterSpacing = spacing;
    const half = this.context.measureText(text).width / 2;
    const spot = this.room(x, y, half, 8, stray);
    if (spot) this.#write(text, spot[0] - half, spot[1], colour);
    this.context.letterSpacing = "0px";
  }

  /** Write `text` centred on (x, y), whatever is there. */
  write(text, x, y, { font, colour }) {
    this.context.font = font;
    this.#write(text, x - this.context.measureText(text).width / 2, y, colour);
  }

  /** The middle of a free room of 2 × half by 2 × tall pixels, nearest to (x, y) within `stray`; null for none. */
  room(x, y, half, tall, stray) {
    const spots = [[0, 0]];
    for (let far = 16; far <= stray; far += 16) {
      for (let turn = 0; turn < 16; turn++) {
        spots.push([far * Math.sin((turn * Math.PI) / 8), far * Math.cos((turn * Math.PI) / 8)]);
      }
    }
    const spot = spots.find(([dx, dy]) => this.#free(x + dx - half, y + dy - tall, x + dx + half, y + dy + tall));
    return spot ? [x + spot[0], y + spot[1]] : null;
  }

  #free(left, top, right, bottom) {
    if (left < 2 || top < 2 || right > this.size.x - 2 || bottom > this.size.y - 2) return false;
    return !this.taken.some(([l, t, r, b]) => left < r && right > l && top < b && bottom > t);
  }

  #write(text, left, middle, colour) {
    const { context } = this;
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = this.palette.halo;
    context.strokeText(text, left, middle);
    context.fillStyle = colour;
    context.fillText(text, left, middle);
    const width = context.measureText(text).width;
    this.taken.push([left - 2, middle - 7, left + width + 2, middle + 7]);
  }
}
