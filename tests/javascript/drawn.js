/**
 * Answers what the canvas draws, and where: reads `{rows, labels, letter, views}` as JSON from the standard input, lets
 * draw/scene.js draw each view on a canvas that records, prints what was drawn as JSON. tests/unit/picture/test_drawn.py
 * holds it against the picture. Neither Leaflet nor a browser is needed: what the scene asks of them is below.
 *
 * Each thing drawn is [what, where, colour, more]; a colour is what it is upon the land, so that a faint one is told.
 */

import { compared } from "../../components/map/assets/compare/halves.js";
import { readDataset } from "../../components/map/assets/data/dataset.js";
import { levels } from "../../components/map/assets/data/levels.js";
import { world } from "../../components/map/assets/data/places.js";
import { siteStates } from "../../components/map/assets/data/posture.js";
import { resolve, select } from "../../components/map/assets/data/select.js";
import { rivalsOf } from "../../components/map/assets/draw/rivals.js";
import { Scene } from "../../components/map/assets/draw/scene.js";

/** @typedef {[string, number[], string, any]} Drawn */
/** @typedef {{kind: "arc" | "pill" | "path", at: number[], lines: number[][][]}} Figure */

/** @param {string} colour */
const channels = (colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** A colour of some strength upon the land. @param {string} land @param {string} colour @param {number} strength */
function upon(land, colour, strength) {
  const [below, above] = [channels(land), channels(colour)];
  return below.map((value, n) => Math.round(value + (above[n] - value) * strength));
}

/** A context that records; what is on the land is told to `drawn`. */
class Context {
  /** @type {Drawn[]} */
  drawn = [];
  land = "#ffffff";
  font = "";
  letterSpacing = "0px";
  fillStyle = "";
  /** @type {string | {colour: string}} */
  strokeStyle = "";
  lineWidth = 1;
  globalAlpha = 1;
  /** @type {number[]} */
  dash = [];
  /** @type {Figure} */
  figure = { kind: "path", at: [], lines: [] };
  /** @param {number} letter how wide a letter is, as a part of its size */
  constructor(letter) {
    this.letter = letter;
  }
  setTransform() {}
  clearRect() {}
  scale() {}
  translate() {}
  strokeText() {}
  fillText() {}
  /** @param {string} text */
  measureText(text) {
    const spacing = Number.parseFloat(this.letterSpacing);
    return { width: [...text].length * (sizeOf(this.font) * this.letter + spacing) };
  }
  beginPath() {
    this.figure = { kind: "path", at: [], lines: [] };
  }
  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.figure.lines.push([[x, y]]);
  }
  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.figure.lines[this.figure.lines.length - 1].push([x, y]);
  }
  closePath() {
    const line = this.figure.lines[this.figure.lines.length - 1];
    line.push(line[0]);
  }
  /** @param {...number} at */
  arc(...at) {
    this.figure = { kind: "arc", at: at.slice(0, 3), lines: [] };
  }
  /** @param {...number} at */
  rect(...at) {
    this.figure = { kind: "path", at, lines: [] };
  }
  save() {}
  restore() {}
  clip() {
    this.drawn.push(["clip", this.figure.at, /** @type {any} */ ([0, 0, 0]), null]);
  }
  /** @param {...number} at */
  roundRect(...at) {
    this.figure = { kind: "pill", at: at.slice(0, 4), lines: [] };
  }
  /** @param {number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }
  createLinearGradient() {
    const paint = {
      colour: "",
      addColorStop: (/** @type {number} */ _, /** @type {string} */ colour) => {
        if (colour.length === 7) paint.colour = colour; // the others are faint
      },
    };
    return paint;
  }
  /** @param {string} what @param {number[]} where @param {string} colour @param {any} [more] */
  tell(what, where, colour, more = null) {
    this.drawn.push([what, where, /** @type {any} */ (upon(this.land, colour, this.globalAlpha)), more]);
  }
  get stroked() {
    return typeof this.strokeStyle === "string" ? this.strokeStyle : this.strokeStyle.colour;
  }
  /** @param {any} [shape] a symbol's path, on a sprite @param {string} [_rule] */
  fill(shape, _rule) {
    const { kind, at, lines } = this.figure;
    if (shape) this.symbol = { shape: shape.d, colour: this.fillStyle, strength: this.globalAlpha };
    else if (kind === "arc") this.tell("disc", at, this.fillStyle);
    else if (kind === "pill") this.tell("pill", at, this.fillStyle);
    else this.tell("area", lines[0].slice(0, -1).flat(), this.fillStyle);
  }
  /** @param {any} [shape] */
  stroke(shape) {
    const { kind, at, lines } = this.figure;
    const { lineWidth: width, dash } = this;
    if (shape) return;
    if (kind === "arc") this.tell("circle", at, this.stroked, { width, dash });
    else if (kind === "pill") this.tell("pill's line", at, this.stroked, { width, dash });
    else for (const line of lines) this.tell("line", [line[0], line[line.length - 1]].flat(), this.stroked, { width });
  }
  /** @param {number} x @param {number} y @param {number} wide @param {number} tall */
  fillRect(x, y, wide, tall) {
    this.tell("box", [x, y, x + wide, y + tall], this.fillStyle);
  }
  /** @param {number} x @param {number} y @param {number} wide @param {number} tall */
  strokeRect(x, y, wide, tall) {
    const { lineWidth: width, dash } = this;
    this.tell("frame", [x, y, x + wide, y + tall], this.stroked, { width, dash });
  }
  /** @param {any} sprite @param {number} left @param {number} top */
  drawImage(sprite, left, top) {
    const { shape, colour, strength } = sprite.context.symbol;
    const where = [left + sprite.reach, top + sprite.reach];
    this.drawn.push(["symbol", where, /** @type {any} */ (upon(this.land, colour, strength)), shape]);
  }
}

/** @param {string} font as in CSS */
const sizeOf = (font) => Number.parseFloat(/([\d.]+)px/.exec(font)?.[1] ?? "0");

/** What the scene asks of the browser and of Leaflet. @param {number} letter */
function pretend(letter) {
  const element = () => {
    const context = new Context(letter);
    return { style: {}, width: 0, height: 0, reach: 0, context, getContext: () => context };
  };
  class Path {
    /** @param {string} d */
    constructor(d) {
      this.d = d;
    }
  }
  Object.assign(globalThis, {
    devicePixelRatio: 1,
    document: { createElement: element, documentElement: {}, body: {} },
    getComputedStyle: () => ({ fontSize: "14px", fontFamily: "sans-serif" }),
    Path2D: Path,
    ImageData: class {
      data = { buffer: new ArrayBuffer(4) };
    },
    L: { DomUtil: { create: element, setPosition() {} } },
  });
}

/** A map that looks at a point. @param {{zoom: number, lat: number, lon: number, width: number, height: number}} camera */
function mapAt({ zoom, lat, lon, width, height }) {
  const [x, y] = world(lat, lon).map((at) => at * 2 ** zoom);
  return {
    createPane: () => ({ style: {} }),
    on() {},
    getSize: () => ({ x: width, y: height }),
    getZoom: () => zoom,
    getPixelBounds: () => ({ min: { x: x - width / 2, y: y - height / 2 } }),
    containerPointToLayerPoint: () => ({}),
    containerPointToLatLng: () => ({}),
  };
}

/** What is drawn of a view. @param {any} data @param {any} labels @param {number} letter @param {any} view */
async function drawn(data, labels, letter, view) {
  const filter = await resolve(data, view);
  const scene = new Scene(/** @type {any} */ (mapAt(view)), data, labels);
  const context = /** @type {Context} */ (/** @type {unknown} */ (scene.context));
  const palette = data.style.palettes.light;
  context.land = palette.land;
  scene.texts.write = (_, text, left, middle, { font, colour }) => {
    context.tell("text", [left, middle], colour, { text, size: sizeOf(font), font: font.replace(/ [\d.]+px.*/, "") });
  };
  scene.texts.width = (text, font, spacing = "0px") =>
    [...text].length * (sizeOf(font) * letter + Number.parseFloat(spacing));
  const stamps = /** @type {any} */ (scene.stamps);
  /** @type {Drawn[]} */
  const stamped = [];
  stamps.begin = () => {};
  stamps.end = () => {};
  stamps.put = (/** @type {any} */ sprite, /** @type {number} */ x, /** @type {number} */ y) => {
    const { shape, colour, strength } = sprite.context.symbol;
    stamped.push(["symbol", [x, y], /** @type {any} */ (upon(palette.land, colour, strength)), shape]);
  };
  const selected = view.selected && { type: view.selected[0], number: view.selected[1] };
  const states = siteStates(data, view.start, view.end);
  scene.show({
    selection: select(data, filter, view.start, view.end),
    states,
    compared: compared(data, states, view, filter),
    levels: levels(data, states, view),
    selected,
    rivals: rivalsOf(data, selected, null),
    pointed: null,
    palette,
    end: view.end,
    named: true,
    letters: false,
    marks: view.marks,
    lang: "en",
  });
  return [...stamped.reverse(), ...context.drawn];
}

/** @type {string[]} */
const parts = [];
for await (const part of process.stdin.setEncoding("utf8")) parts.push(part);
const { rows, labels, letter, views } = JSON.parse(parts.join(""));
pretend(letter);
const buffer = Uint8Array.from(Buffer.from(rows.bin, "base64")).buffer;
const data = readDataset(rows.json, buffer, { text: "", texts: "" });
const answers = [];
for (const view of views) answers.push(await drawn(data, labels, letter, view));
console.log(JSON.stringify(answers));
