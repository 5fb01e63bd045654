/** Labels that do not collide: whoever asks first gets the room. */

const LINE = 13; // pixels from one line of a label to the next, where text is not larger
const HALF = 7; // pixels: half a line's height
const FURTHER = 8; // pixels: past a symbol that stands on the very point
const CLEARANCE = 4;

/** What lies over the map, by element, as boxes in its pixels. */
const covered = new Map();

function boxOf({ offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height }) {
  return [left - CLEARANCE, top - CLEARANCE, left + width + CLEARANCE, top + height + CLEARANCE];
}

/** What of the map cannot be seen now, as boxes in its pixels: [left, top, right, bottom]. */
export function coveredNow() {
  return [...covered.keys()].filter((element) => element.offsetWidth).map(boxOf);
}

/** Keep labels from under an element that lies over the map; `changed` is called when it takes another room. */
export function keepOff(element, changed) {
  const observer = new ResizeObserver(() => {
    covered.set(element, boxOf(element));
    changed();
  });
  observer.observe(element);
  observer.observe(element.parentElement);
}

export class Labels {
  /**
   * @param {import("./text.js").TextCache} lettering
   * @param {{x: number, y: number}} size of the map: no label is cut by its edge
   */
  constructor(context, lettering, palette, size) {
    this.context = context;
    this.lettering = lettering;
    this.line = LINE * lettering.scale;
    this.half = HALF * lettering.scale;
    this.size = size;
    this.palette = palette;
    this.taken = [...covered.values()];
  }

  /** Keep labels off a symbol about (x, y). */
  reserve(x, y, reach) {
    this.taken.push([x - reach, y - reach, x + reach, y + reach]);
  }

  /**
   * Write `text` beside (x, y) where there is room; return whether there was right beside it, and not only past a
   * symbol there. `under` is a second line, such as the name in Arabic, left out where there is room for one only.
   */
  beside(text, x, y, { font, colour, gap = 9, must = false, under = "" }) {
    const style = { font, colour };
    const lines = under && under !== text ? [text, under] : [text];
    if (lines.length > 1 && this.#stack(lines, x, y, gap, style, false)) return true;
    if (this.#stack([text], x, y, gap, style, false)) return true;
    this.#stack([text], x, y, gap + FURTHER, style, must);
    return false;
  }

  /** Write lines one under another beside (x, y), towards it; return whether there was room. */
  #stack(lines, x, y, gap, style, must) {
    const widths = lines.map((line) => this.width(line, style));
    const width = Math.max(...widths);
    const tall = ((lines.length - 1) * this.line) / 2 + this.half; // half the height
    const spots = [
      [x + gap, y, 0],
      [x - gap - width, y, 1],
      [x - width / 2, y + gap + tall, 0.5],
      [x - width / 2, y - gap - tall, 0.5],
    ];
    const spot = spots.find(([left, middle]) => this.#free(left, middle - tall, left + width, middle + tall));
    if (!spot && !must) return false;
    const [left, middle, align] = spot ?? spots[0];
    lines.forEach((line, n) =>
      this.#write(line, left + (width - widths[n]) * align, middle - tall + this.half + n * this.line, style),
    );
    return true;
  }

  /**
   * Write `text` centred on (x, y), or as near to it as there is room within `stray` pixels, over `under` where there
   * is room for both.
   */
  centred(text, x, y, { font, colour, spacing = "0px", stray = 0, under = "" }) {
    const style = { font, colour, spacing };
    const lines = under && under !== text ? [text, under] : [text];
    if (lines.length < 2 || !this.#centre(lines, x, y, style, stray)) this.#centre([text], x, y, style, stray);
  }

  #centre(lines, x, y, style, stray) {
    const halves = lines.map((line) => this.width(line, style) / 2);
    const tall = ((lines.length - 1) * this.line) / 2;
    const half = Math.max(...halves);
    const edge = this.half + 1;
    // A name whose place is covered is left out: beside the cover it would name another place.
    const hidden = [...covered.values()].some(
      ([l, t, r, b]) => x - half < r && x + half > l && y - tall - edge < b && y + tall + edge > t,
    );
    const spot = !hidden && this.room(x, y, half, tall + edge, stray);
    if (!spot) return false;
    lines.forEach((line, n) => this.#write(line, spot[0] - halves[n], spot[1] - tall + n * this.line, style));
    return true;
  }

  /** Write `text` centred on (x, y), whatever is there. */
  write(text, x, y, style) {
    this.#write(text, x - this.width(text, style) / 2, y, style);
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

  /** How wide a text is in a style, in pixels. */
  width(text, { font, spacing }) {
    return this.lettering.width(text, font, spacing);
  }

  #write(text, left, middle, style) {
    this.lettering.write(this.context, text, left, middle, { ...style, halo: this.palette.halo });
    this.taken.push([left - 2, middle - this.half, left + this.width(text, style) + 2, middle + this.half]);
  }
}
