/**
 * The track: the histogram, the lanes of changes and movements and the axis on one canvas, the window over it. The canvas
 * is painted when the time on it, the filters or the theme change, and stays while the window moves.
 *
 * @typedef {import("../time/scale.js").Window} Window
 * @typedef {import("../time/scale.js").Extent} Extent
 *
 * @typedef {object} Shown what is painted
 * @property {import("./histogram.js").Histogram} histogram
 * @property {import("./paint.js").Movements} movements
 * @property {Uint8Array} passing which of the movements the filters let through
 * @property {import("../data/changes.js").Tick[]} ticks
 * @property {Colours} colours
 *
 * @typedef {object} Colours
 * @property {string[]} kinds
 * @property {string[]} forces
 * @property {string[]} movements
 * @property {import("./paint.js").Inks} inks
 *
 * @typedef {object} Painted where what was painted lies, for the pointer
 * @property {number[]} edges of the bins
 * @property {{certain: Uint32Array, possible: Uint32Array}} counts by bin and kind
 * @property {import("./paint.js").MoveBox[]} moves
 * @property {import("./paint.js").TickBox[]} ticks
 */

import { el } from "../controls/dom.js";
import { moveColour } from "../draw/arrows.js";
import { legible } from "../draw/palette.js";
import { canvasFont } from "../draw/textsize.js";
import { iso, within } from "../time/days.js";
import { Scale } from "../time/scale.js";
import { binEdges, SIZES, sizeOf } from "./histogram.js";
import { axisHeight, paintAxis, paintBars, paintMoves, paintTicks } from "./paint.js";

const BAR = 7; // pixels: the width a bin of the histogram should have at least
const PAD = 14; // pixels: room for half a handle at either end
const FONT = 11;

/**
 * The colours of the marks, legible on the map's own.
 * @param {import("./paint.js").Inks} inks
 * @param {import("../data/dataset.js").Dataset} data
 * @returns {Colours}
 */
export function coloursOn(inks, data) {
  const shown = (/** @type {{colour: string}} */ { colour }) => legible(colour, inks.land);
  const movements = data.movements.id.map((_, number) => moveColour(data, number, inks.land));
  return { kinds: data.kinds.map(shown), forces: data.forces.map(shown), movements, inks };
}

export class Track {
  width = 0;
  height = 0;
  axis = 0;
  /** @type {import("./histogram.js").Size} of a bin, as it was painted last */
  size = SIZES[0];
  /** @type {Painted | null} null where it has to be painted anew */
  painted = null;

  /**
   * @param {object} listeners
   * @param {(event: KeyboardEvent, edge: "start" | "end") => void} listeners.key pressed on a handle
   * @param {() => void} listeners.focus a handle has the focus
   * @param {() => void} listeners.reset asked for by a double click
   * @param {() => void} listeners.resized
   * @param {HTMLElement} mark of the bin that the pointer is over
   */
  constructor({ key, focus, reset, resized }, mark) {
    this.canvas = /** @type {HTMLCanvasElement} */ (el("canvas", { "aria-hidden": "true" }));
    /** @param {"start" | "end"} edge @param {string} label */
    const handle = (edge, label) =>
      el("div", {
        class: "handle",
        role: "slider",
        tabindex: "0",
        "aria-label": label,
        onkeydown: (/** @type {KeyboardEvent} */ event) => key(event, edge),
        onfocus: focus,
      });
    this.handles = { start: handle("start", "Window start"), end: handle("end", "Window end") };
    this.shades = ["before", "after"].map((side) => el("div", { class: `shade ${side}` }));
    this.band = el("div", { class: "band" });
    const over = [...this.shades, mark, this.handles.start, this.handles.end];
    this.element = el("div", { class: "track", ondblclick: reset }, this.band, this.canvas, ...over);
    this.scale = new Scale({ from: 0, to: 1 }, 0, 1);
    new ResizeObserver(() => {
      this.#measure();
      resized();
    }).observe(this.element);
  }

  /** Read its size once: asking for it while things move would have the browser lay out the page each time. */
  #measure() {
    this.width = this.element.clientWidth;
    this.height = this.element.clientHeight;
    this.axis = axisHeight();
    this.painted = null;
  }

  /** Where the days of a stretch of time lie. @param {import("../time/scale.js").Domain} domain */
  scaleOf(domain) {
    return new Scale(domain, PAD, this.width - PAD);
  }

  /** Whether a place is on the axis, below the bars. @param {number} y */
  isOnAxis(y) {
    return y > this.height - this.axis;
  }

  /** @param {import("../time/scale.js").Domain} domain @param {Shown} shown */
  paint(domain, { histogram, movements, passing, ticks, colours }) {
    const { width, height } = this;
    const context = this.#context();
    this.scale = this.scaleOf(domain);
    context.font = canvasFont(FONT);
    context.clearRect(0, 0, width, height);
    this.size = sizeOf(BAR / this.scale.perDay);
    const edges = binEdges(this.size, Math.floor(domain.from), Math.ceil(domain.to));
    const counts = histogram.bins(this.size, edges);
    paintBars(context, this.scale, counts, edges, colours.kinds, Math.round(height - this.axis), colours.inks);
    const moves = paintMoves(context, this.scale, movements, passing, colours.movements);
    const boxes = paintTicks(context, this.scale, ticks, colours.forces);
    paintAxis(context, this.scale, width, height, colours.inks);
    this.painted = { edges, counts, moves, ticks: boxes };
  }

  #context() {
    const { canvas, width, height } = this;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser draws on no canvas");
    const ratio = devicePixelRatio;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    return context;
  }

  /**
   * All that happens in a frame while only the window moves.
   * @param {Window} window @param {Extent} limits @param {number} before what part of a day more its start is on its way
   * @param {number} after and its end
   */
  place({ start, end }, limits, before, after) {
    const { scale, width } = this;
    const [left, right] = [scale.x(start + before), scale.x(end + 1 + after)];
    const [inLeft, inRight] = [within(left, 0, width), within(right, 0, width)];
    stretch(this.band, inLeft, inRight);
    stretch(this.shades[0], PAD, Math.max(PAD, inLeft));
    stretch(this.shades[1], inRight, width);
    this.#placeHandle(this.handles.start, left, start, limits.first, end);
    this.#placeHandle(this.handles.end, right, end, start, limits.last);
  }

  /** @param {HTMLElement} handle @param {number} x @param {number} day @param {number} least @param {number} most */
  #placeHandle(handle, x, day, least, most) {
    handle.style.transform = `translateX(${x}px)`;
    handle.classList.toggle("beyond", x < 0 || x > this.width);
    if (handle.getAttribute("aria-valuenow") !== String(day)) {
      handle.setAttribute("aria-valuenow", String(day));
      handle.setAttribute("aria-valuetext", iso(day));
    }
    handle.setAttribute("aria-valuemin", String(least));
    handle.setAttribute("aria-valuemax", String(most));
  }
}

/** @param {HTMLElement} element @param {number} from @param {number} to pixels */
function stretch(element, from, to) {
  element.style.transform = `translateX(${from}px) scaleX(${Math.max(0, to - from)})`;
}
