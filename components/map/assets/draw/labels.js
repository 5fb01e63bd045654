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
const CELL = 64; // pixels: a room is tried only against what is taken in its own cells of the map

/** What lies over the map, by element, as boxes in its pixels. @type {Map<HTMLElement, Box>} */
const covered = new Map();

/** @param {HTMLElement} element @returns {Box} */
function boxOf(element) {
  const { offsetWidth: width, offsetHeight: height } = element;
  let [left, top] = [0, 0];
  /** @type {HTMLElement | null} */
  let at = element;
  while (at && !at.classList.contains("leaflet-container")) {
    [left, top] = [left + at.offsetLeft, top + at.offsetTop];
    at = /** @type {HTMLElement | null} */ (at.offsetParent);
  }
  return [left - CLEARANCE, top - CLEARANCE, left + width + CLEARANCE, top + height + CLEARANCE];
}

/** Measure an element's room. @param {HTMLElement} element @returns {boolean} whether it is another than before */
function measure(element) {
  const [before, now] = [covered.get(element), boxOf(element)];
  covered.set(element, now);
  return !before || now.some((edge, n) => edge !== before[n]);
}

/** Measure all that lies over the map anew, where its size or zoom has changed. */
export function measureCovered() {
  for (const element of covered.keys()) measure(element);
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
  measure(element); // the observer speaks with the next frame, and of what is hidden not at all
  const observer = new ResizeObserver(() => {
    if (measure(element)) changed();
  });
  observer.observe(element);
  observer.observe(/** @type {HTMLElement} */ (element.parentElement));
}

/**
 * Whether the line from (x, y) to (toX, toY) passes through a box.
 * @param {number} x @param {number} y @param {number} toX @param {number} toY
 * @param {number} left @param {number} top @param {number} right @param {number} bottom
 */
function passes(x, y, toX, toY, left, top, right, bottom) {
  if ((x <= left && toX <= left) || (x >= right && toX >= right)) return false;
  if ((y <= top && toY <= top) || (y >= bottom && toY >= bottom)) return false;
  let [from, to] = [0, 1];
  const [wide, tall] = [toX - x, toY - y];
  if (wide === 0) {
    if (x <= left || x >= right) return false;
  } else {
    const [a, b] = [(left - x) / wide, (right - x) / wide];
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  if (tall === 0) return y > top && y < bottom && from < to;
  const [a, b] = [(top - y) / tall, (bottom - y) / tall];
  return Math.max(from, Math.min(a, b)) < Math.min(to, Math.max(a, b));
}

/** Boxes by the cells of a grid over the map: a spatial index, so that a room is not tried against all of them. */
class Taken {
  /** @param {{x: number, y: number}} size of the map; what lies beside it is in the way of nothing */
  constructor({ x, y }) {
    this.columns = Math.ceil(x / CELL);
    this.rows = Math.ceil(y / CELL);
    /** @type {Box[][]} */
    this.cells = [];
  }

  /** @param {Box} box */
  add(box) {
    for (const cell of this.#cellsOf(box)) (this.cells[cell] ??= []).push(box);
  }

  /** Whether a box lies on another. @param {Box} box */
  meets(box) {
    const [left, top, right, bottom] = box;
    for (const cell of this.#cellsOf(box)) {
      for (const [l, t, r, b] of this.cells[cell] ?? [])
        if (left < r && right > l && top < b && bottom > t) return true;
    }
    return false;
  }

  /** @param {Box} box */
  #cellsOf([left, top, right, bottom]) {
    const cells = [];
    const [from, to] = [Math.max(0, Math.floor(left / CELL)), Math.min(this.columns - 1, Math.floor(right / CELL))];
    for (
      let row = Math.max(0, Math.floor(top / CELL));
      row <= Math.min(this.rows - 1, Math.floor(bottom / CELL));
      row++
    )
      for (let column = from; column <= to; column++) cells.push(row * this.columns + column);
    return cells;
  }
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
    this.taken = new Taken(size);
    for (const box of covered.values()) this.taken.add(box);
    /** Lines that no label may cross, each with how far off it, and the box about it. @type {{points: [number, number][], reach: number, box: Box}[]} */
    this.lines = [];
  }

  /** Keep labels off a symbol about (x, y). @param {number} x @param {number} y @param {number} reach */
  reserve(x, y, reach) {
    this.taken.add([x - reach, y - reach, x + reach, y + reach]);
  }

  /** Keep labels off a line. @param {[number, number][]} points @param {number} reach pixels on either side of it */
  reserveLine(points, reach) {
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const [left, right] = [Math.min(...xs) - reach, Math.max(...xs) + reach];
    this.lines.push({ points, reach, box: [left, Math.min(...ys) - reach, right, Math.max(...ys) + reach] });
  }

  /** Keep labels off a box. @param {Box} box */
  reserveBox(box) {
    this.taken.add(box);
  }

  /**
   * Write `text` beside (x, y) where there is room; return whether that was right beside it, only past a symbol there,
   * or nowhere. `under` is a second line, such as the name in Arabic, left out where there is room for one only.
   * @param {string} text @param {number} x @param {number} y
   * @param {TextStyle & {gap?: number, must?: boolean, under?: string}} options
   * @returns {"beside" | "past" | ""}
   */
  beside(text, x, y, { font, colour, gap = this.style.gap, must = false, under = "" }) {
    const style = { font, colour };
    const lines = under && under !== text ? [text, under] : [text];
    if (lines.length > 1 && this.#stack(lines, x, y, gap, style, false)) return "beside";
    if (this.#stack([text], x, y, gap, style, false)) return "beside";
    return this.#stack([text], x, y, gap + this.style.further, style, must) ? "past" : "";
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
    const off = gap * this.style.corner;
    const spots = [
      [x + gap, y, 0],
      [x - gap - width, y, 1],
      [x - width / 2, y + gap + tall, 0.5],
      [x - width / 2, y - gap - tall, 0.5],
      [x + off, y - off - tall, 0],
      [x + off, y + off + tall, 0],
      [x - off - width, y - off - tall, 1],
      [x - off - width, y + off + tall, 1],
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
   * Write `text` where there is room nearest to (x, y) within `stray` pixels; return where its edge is nearest.
   * @param {string} text @param {number} x @param {number} y @param {TextStyle} style @param {number} stray
   * @returns {[number, number] | null}
   */
  near(text, x, y, style, stray) {
    const half = this.width(text, style) / 2;
    const spot = this.room(x, y, half, this.half, stray);
    if (!spot) return null;
    this.#write(text, spot[0] - half, spot[1], style);
    return [Math.min(Math.max(x, spot[0] - half), spot[0] + half), spot[1] + (spot[1] < y ? this.half : -this.half)];
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
    if (this.taken.meets([left, top, right, bottom])) return false;
    return !this.lines.some(({ points, reach, box: [l, t, r, b] }) => {
      if (left >= r || right <= l || top >= b || bottom <= t) return false;
      for (let n = 1; n < points.length; n++) {
        const [[x, y], [toX, toY]] = [points[n - 1], points[n]];
        if (passes(x, y, toX, toY, left - reach, top - reach, right + reach, bottom + reach)) return true;
      }
      return false;
    });
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
    this.taken.add([left - margin, middle - this.half, right + margin, middle + this.half]);
  }
}
