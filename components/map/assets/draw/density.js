/**
 * Incidents where they lie too thick for symbols: counted by squares of the map, each coloured by how many lie in it.
 * When that is so, and the squares, stand in map/density.py and the style; the cases of both are tests/cases/density.json.
 */

/**
 * Whether so many incidents are drawn as squares at a zoom.
 * @param {number} number how many the filters let through, whenever they are dated
 * @param {number} zoom
 * @param {number[]} squares of each whole zoom, how many hold any incident of the dataset
 * @param {Pick<import("./style.js").DensityStyle, "least" | "crowd">} style
 */
export function isCrowded(number, zoom, squares, { least, crowd }) {
  const nearer = Math.ceil(zoom);
  return number >= least && nearer < squares.length && number >= crowd * squares[nearer];
}

/** Which step a number has come to, -1 for none. @param {number} number @param {number[]} steps from the least on */
export function stepOf(number, steps) {
  let step = steps.length - 1;
  while (step >= 0 && number < steps[step]) step--;
  return step;
}

/** A colour as the pixels of an image hold it. @param {string} colour #rrggbb @param {number} strength */
function pixel(colour, strength) {
  const rgb = Number.parseInt(colour.slice(1), 16);
  const bytes = Uint8Array.of(rgb >> 16, (rgb >> 8) & 255, rgb & 255, Math.round(255 * strength));
  return new Uint32Array(bytes.buffer)[0];
}

export class Density {
  /** Whether incidents are drawn so. */
  drawn = false;
  /** By square of the screen, how many incidents lie in it. */
  #counts = new Int32Array(0);
  #columns = 0;
  /** The first column and row of squares that is seen. @type {[number, number]} */
  #first = [0, 0];
  /** What the filters let through, and how many of it have a place. @type {Uint8Array | null} */
  #pass = null;
  #passing = 0;

  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.style = scene.style.density;
  }

  /** Find whether they are drawn so now. */
  begin() {
    const { scene, style } = this;
    const { squares } = scene.data;
    this.drawn = false;
    if (!squares.length || scene.view.compared) return false;
    const { pass } = scene.view.selection.incidents;
    if (pass !== this.#pass) {
      this.#pass = pass;
      this.#passing = 0;
      for (let i = 0; i < pass.length; i++) if (pass[i] && !Number.isNaN(scene.x[i])) this.#passing++;
    }
    this.drawn = isCrowded(this.#passing, scene.zoom, squares, style);
    return this.drawn;
  }

  /** @param {import("./stamps.js").Stamps} stamps */
  draw(stamps) {
    const { scene, style } = this;
    const { cell, gap, steps, strength } = style;
    this.#count();
    const ratio = devicePixelRatio;
    stamps.begin(Math.round(scene.size.x * ratio), Math.round(scene.size.y * ratio));
    const colours = scene.view.palette.density.map((colour) => pixel(colour, strength));
    const [first, top] = this.#first;
    const [left, above] = scene.origin;
    for (let n = 0; n < this.#counts.length; n++) {
      if (!this.#counts[n]) continue;
      const x = (first + (n % this.#columns)) * cell - left;
      const y = (top + Math.floor(n / this.#columns)) * cell - above;
      const [right, bottom] = [x + cell - gap, y + cell - gap];
      const [x0, y0, x1, y1] = [x, y, right, bottom].map((length) => Math.round(length * ratio));
      stamps.block(x0, y0, x1, y1, colours[stepOf(this.#counts[n], steps)]);
    }
    stamps.end();
  }

  /** Count the incidents on view by square. The squares lie still on the land, whatever of it is seen. */
  #count() {
    const { scene, style } = this;
    const { scale, origin, size, x: xs, y: ys } = scene;
    const { pass, first, past, start, rows } = scene.view.selection.incidents;
    const { end_last } = rows;
    const per = scale / style.cell;
    const at = (/** @type {number} */ length) => Math.floor(length / style.cell);
    const [left, top] = [at(origin[0]), at(origin[1])];
    const columns = at(origin[0] + size.x) - left + 1;
    const lines = at(origin[1] + size.y) - top + 1;
    if (this.#counts.length !== columns * lines) this.#counts = new Int32Array(columns * lines);
    else this.#counts.fill(0);
    this.#columns = columns;
    this.#first = [left, top];
    const counts = this.#counts;
    for (let i = first; i < past; i++) {
      if (pass[i] === 0 || end_last[i] < start) continue;
      const x = xs[i] * per - left;
      const y = ys[i] * per - top;
      if (x >= 0 && y >= 0 && x < columns && y < lines) counts[(y | 0) * columns + (x | 0)]++;
    }
  }

  /** How many incidents the square at a point of the map stands for; 0 where there is none. @param {number} x @param {number} y */
  at(x, y) {
    if (!this.drawn) return 0;
    const { cell } = this.style;
    const { origin } = this.scene;
    const column = Math.floor((origin[0] + x) / cell) - this.#first[0];
    const line = Math.floor((origin[1] + y) / cell) - this.#first[1];
    return column >= 0 && column < this.#columns ? (this.#counts[line * this.#columns + column] ?? 0) : 0;
  }
}
