/**
 * Labels that do not collide: whoever asks first gets the room. Rooms are found as by components/picture/labels.py, by
 * tests/cases/labels.json.
 *
 * @typedef {[number, number, number, number]} Box left, top, right, bottom
 *
 * @typedef {object} TextStyle
 * @property {string} font as in CSS
 * @property {string} colour
 * @property {string} [spacing] between letters, as in CSS
 */

const CLEARANCE = 4; // pixels about what lies over the map

/** What lies over the map, by element, as boxes in its pixels. @type {Map<HTMLElement, Box>} */
const covered = new Map();

/** @param {HTMLElement} element @returns {Box} */
function boxOf({ offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height }) {
  return [left - CLEARANCE, top - CLEARANCE, left + width + CLEARANCE, top + height + CLEARANCE];
}

/** What of the map cannot be seen now, as boxes in its pixels: [left, top, right, bottom]. */
export function coveredNow() {
  return [...covered.keys()].filter((element) => element.offsetWidth).map(boxOf);
}

/**
 * Keep labels from under an element that lies over the map; `changed` is called when it takes another room.
 * @param {HTMLElement} element @param {() => void} changed
 */
export function keepOff(element, changed) {
  const observer = new ResizeObserver(() => {
    covered.set(element, boxOf(element));
    changed();
  });
  observer.observe(element);
  observer.observe(/** @type {HTMLElement} */ (element.parentElement));
}

export class Labels {
  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Pick<import("./text.js").TextCache, "scale" | "width" | "write">} texts
   * @param {import("./style.js").Style} style
   * @param {import("./style.js").Palette} palette
   * @param {{x: number, y: number}} size of the map: no label is cut by its edge
   */
  constructor(context, texts, { labels }, palette, size) {
    this.context = context;
    this.texts = texts;
    this.style = labels;
    /** From one line to the next. */
    this.line = labels.line * texts.scale;
    /** Half a line's height. */
    this.half = labels.half * texts.scale;
    this.size = size;
    this.halo = palette.halo;
    /** @type {Box[]} */
    this.taken = [...covered.values()];
  }

  /** Keep labels off a symbol about (x, y). @param {number} x @param {number} y @param {number} reach */
  reserve(x, y, reach) {
    this.taken.push([x - reach, y - reach, x + reach, y + reach]);
  }

  /** Keep labels off a box. @param {Box} box */
  reserveBox(box) {
    this.taken.push(box);
  }

  /**
   * Write `text` beside (x, y) where there is room; return whether there was right beside it, and not only past a
   * symbol there. `under` is a second line, such as the name in Arabic, left out where there is room for one only.
   * @param {string} text @param {number} x @param {number} y
   * @param {TextStyle & {gap?: number, must?: boolean, under?: string}} options
   */
  beside(text, x, y, { font, colour, gap = this.style.gap, must = false, under = "" }) {
    const style = { font, colour };
    const lines = under && under !== text ? [text, under] : [text];
    if (lines.length > 1 && this.#stack(lines, x, y, gap, style, false)) return true;
    if (this.#stack([text], x, y, gap, style, false)) return true;
    this.#stack([text], x, y, gap + this.style.further, style, must);
    return false;
  }

  /**
   * Write lines one under another beside (x, y), towards it; return whether there was room.
   * @param {string[]} lines @param {number} x @param {number} y @param {number} gap @param {TextStyle} style
   * @param {boolean} must
   */
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
   * @param {string} text @param {number} x @param {number} y
   * @param {TextStyle & {stray?: number, under?: string}} options
   */
  centred(text, x, y, { font, colour, spacing = "0px", stray = 0, under = "" }) {
    const style = { font, colour, spacing };
    const lines = under && under !== text ? [text, under] : [text];
    if (lines.length < 2 || !this.#centre(lines, x, y, style, stray)) this.#centre([text], x, y, style, stray);
  }

  /** @param {string[]} lines @param {number} x @param {number} y @param {TextStyle} style @param {number} stray */
  #centre(lines, x, y, style, stray) {
    const halves = lines.map((line) => this.width(line, style) / 2);
    const tall = ((lines.length - 1) * this.line) / 2;
    const half = Math.max(...halves);
    const edge = this.half + 1;
    // A name whose place is covered is left out: beside the cover it would name another place.
    const hidden = [...covered.values()].some(
      ([l, t, r, b]) => x - half < r && x + half > l && y - tall - edge < b && y + tall + edge > t,
    );
    const spot = hidden ? null : this.room(x, y, half, tall + edge, stray);
    if (!spot) return false;
    lines.forEach((line, n) => this.#write(line, spot[0] - halves[n], spot[1] - tall + n * this.line, style));
    return true;
  }

  /**
   * Write `text` centred on (x, y), whatever is there.
   * @param {string} text @param {number} x @param {number} y @param {TextStyle} style
   */
  write(text, x, y, style) {
    this.#write(text, x - this.width(text, style) / 2, y, style);
  }

  /**
   * The middle of a free room of 2 × half by 2 × tall pixels, nearest to (x, y) within `stray`; null for none.
   * @param {number} x @param {number} y @param {number} half @param {number} tall @param {number} stray
   * @returns {[number, number] | null}
   */
  room(x, y, half, tall, stray) {
    const { stray_step: step, stray_turns: turns } = this.style;
    for (let far = 0; far <= stray; far += step) {
      for (let turn = 0; turn < (far ? turns : 1); turn++) {
        const angle = (turn * 2 * Math.PI) / turns;
        const [a, b] = [x + far * Math.sin(angle), y + far * Math.cos(angle)];
        if (this.#free(a - half, b - tall, a + half, b + tall)) return [a, b];
      }
    }
    return null;
  }

  /** @param {number} left @param {number} top @param {number} right @param {number} bottom */
  #free(left, top, right, bottom) {
    const { margin } = this.style;
    if (left < margin || top < margin || right > this.size.x - margin || bottom > this.size.y - margin) return false;
    return !this.taken.some(([l, t, r, b]) => left < r && right > l && top < b && bottom > t);
  }

  /** How wide a text is in a style, in pixels. @param {string} text @param {TextStyle} style */
  width(text, { font, spacing }) {
    return this.texts.width(text, font, spacing);
  }

  /** @param {string} text @param {number} left @param {number} middle @param {TextStyle} style */
  #write(text, left, middle, style) {
    const { margin } = this.style;
    this.texts.write(this.context, text, left, middle, { ...style, halo: this.halo });
    const right = left + this.width(text, style);
    this.taken.push([left - margin, middle - this.half, right + margin, middle + this.half]);
  }
}
