/**
 * The areas that forces hold, under all else: on a canvas of their own, which is drawn anew only where it would be
 * another, as outlines of many points take long and a window that is dragged changes few of them.
 */

import { world } from "../data/places.js";
import { contextOf, outlined } from "./style.js";

/** @typedef {[number, number, number, number]} Box west, north, east, south in the world's square */
/** @typedef {{number: number, possible: boolean}} Look an area, and how it is drawn */

const EDGE = 2; // pixels about an area in which its outline lies

/** The looks that others have not. @param {Look[]} looks @param {Look[]} others */
function without(looks, others) {
  const there = new Set(others.map(({ number, possible }) => (possible ? -1 - number : number)));
  return looks.filter(({ number, possible }) => !there.has(possible ? -1 - number : number));
}

export class HeldAreas {
  /** Where the map stood, and in which parts and colours, when the canvas was drawn. */
  #drawn = "";
  /** The areas that are on it, by part of the map. @type {Look[][]} */
  #shown = [];
  /** Of each area its outline about the first point of its box, at the map's scale. @type {Path2D[]} */
  #paths = [];
  /** @type {number} */
  #scale = 0;

  /** @param {import("./scene.js").Scene} scene @param {HTMLCanvasElement} canvas */
  constructor(scene, canvas) {
    this.scene = scene;
    this.style = scene.style.held_areas;
    this.canvas = canvas;
    this.context = contextOf(canvas);
    /** The rings of each area in the world's square: [x, y, x, …]. */
    this.rings = scene.data.areas.polygons.map((rings) => rings.map(projected));
    this.boxes = this.rings.map(boxOf);
  }

  /** Draw those of each part of the map. @param {import("../compare/halves.js").Half[]} halves */
  draw(halves) {
    const { scene, canvas, context } = this;
    if (!this.rings.length) return;
    const { scale, origin, size } = scene;
    const ratio = devicePixelRatio;
    const parts = halves.map(({ view, right }) => `${right} ${view.palette.land}`);
    const asked = [scale, origin, size.x, size.y, ratio, parts].join(" ");
    if (asked !== this.#drawn) {
      if (scale !== this.#scale) [this.#scale, this.#paths] = [scale, []];
      canvas.width = Math.round(size.x * ratio); // which clears it
      canvas.height = Math.round(size.y * ratio);
      this.#drawn = asked;
      this.#shown = [];
    }
    halves.forEach(({ view, left, right }, part) => {
      const held = view.selection.areas.filter(({ number }) => this.#inSight(number));
      const before = this.#shown[part] ?? [];
      const changed = [...without(held, before), ...without(before, held)];
      this.#shown[part] = held;
      if (!changed.length) return;
      context.save();
      const [from, to] = [Math.max(0, left), Math.min(size.x, right)];
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.beginPath();
      context.rect(from, 0, to - from, size.y);
      context.clip();
      this.#drawAnew(held, changed);
      context.restore();
    });
  }

  /** Draw what is held anew where something has changed. @param {Look[]} held @param {Look[]} changed */
  #drawAnew(held, changed) {
    const { context } = this;
    const boxes = changed.map(({ number }) => this.#boxOnMap(number));
    context.beginPath();
    for (const [left, top, right, bottom] of boxes) context.rect(left, top, right - left, bottom - top);
    context.clip();
    for (const [left, top, right, bottom] of boxes) context.clearRect(left, top, right - left, bottom - top);
    for (const { number, possible } of held) {
      const [l, t, r, b] = this.#boxOnMap(number);
      if (boxes.some(([left, top, right, bottom]) => l < right && r > left && t < bottom && b > top))
        this.#draw(number, possible);
    }
  }

  /** An area's box with its outline, on whole pixels. @param {number} number @returns {Box} */
  #boxOnMap(number) {
    const [west, north, east, south] = this.boxes[number];
    const [[left, top], [right, bottom]] = [this.scene.point([west, north]), this.scene.point([east, south])];
    return [Math.floor(left) - EDGE, Math.floor(top) - EDGE, Math.ceil(right) + EDGE, Math.ceil(bottom) + EDGE];
  }

  /** @param {number} number @param {boolean} possible */
  #draw(number, possible) {
    const { scene, context, style } = this;
    const [x, y] = scene.point([this.boxes[number][0], this.boxes[number][1]]);
    const colour = scene.forceColour(scene.data.areas.force[number]);
    const look = possible ? "possible" : "sure";
    const path = this.#path(number);
    context.translate(x, y);
    context.globalAlpha = style.fills[look];
    context.fillStyle = colour;
    context.fill(path, "evenodd");
    outlined(context, style.outlines[look], colour, () => context.stroke(path));
    context.translate(-x, -y);
  }

  /** @param {number} number */
  #inSight(number) {
    const { size } = this.scene;
    const [left, top, right, bottom] = this.#boxOnMap(number);
    return right > 0 && bottom > 0 && left < size.x && top < size.y;
  }

  /** @param {number} number */
  #path(number) {
    return (this.#paths[number] ??= outline(this.rings[number], this.boxes[number], this.#scale, this.style.fine));
  }

  /** The area at a point of the map, of several the smallest; -1 for none. @param {number} x @param {number} y @param {{number: number}[]} held */
  at(x, y, held) {
    let [found, least] = [-1, Infinity];
    for (const { number } of held) {
      const [west, north, east, south] = this.boxes[number];
      const extent = (east - west) * (south - north);
      if (extent >= least || !this.#inSight(number)) continue;
      const [left, top] = this.scene.point([west, north]);
      this.context.setTransform(1, 0, 0, 1, 0, 0);
      if (this.context.isPointInPath(this.#path(number), x - left, y - top, "evenodd"))
        [found, least] = [number, extent];
    }
    return found;
  }
}

/** A ring from degrees to the world's square. @param {number[]} ring [lon, lat, lon, …] */
function projected(ring) {
  const points = new Float64Array(ring.length);
  for (let n = 0; n < ring.length; n += 2) points.set(world(ring[n + 1], ring[n]), n);
  return points;
}

/** @param {Float64Array[]} rings @returns {Box} */
function boxOf(rings) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let n = 0; n < ring.length; n += 2) {
      box[0] = Math.min(box[0], ring[n]);
      box[1] = Math.min(box[1], ring[n + 1]);
      box[2] = Math.max(box[2], ring[n]);
      box[3] = Math.max(box[3], ring[n + 1]);
    }
  }
  return box;
}

/**
 * An outline in pixels from its box's corner; points nearer than `fine` to the one before are left out.
 * @param {Float64Array[]} rings @param {Box} box @param {number} scale @param {number} fine
 */
function outline(rings, [west, north], scale, fine) {
  const path = new Path2D();
  for (const ring of rings) {
    let [lastX, lastY] = [Infinity, Infinity];
    for (let n = 0; n < ring.length; n += 2) {
      const [x, y] = [(ring[n] - west) * scale, (ring[n + 1] - north) * scale];
      if (n === 0) path.moveTo(x, y);
      else if (Math.abs(x - lastX) < fine && Math.abs(y - lastY) < fine) continue;
      else path.lineTo(x, y);
      [lastX, lastY] = [x, y];
    }
    path.closePath();
  }
  return path;
}
