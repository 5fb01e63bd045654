/** Sprites: each symbol drawn once per shape, colour, size and strength, then copied. */

import { contextOf } from "./style.js";

/** The box of the outlines (map/symbols.py's SIZE): part of how they are written, as of an SVG's viewBox. */
const BOX = 16;

/** @typedef {HTMLCanvasElement & {reach: number}} Sprite a canvas of a symbol; `reach` is half its size in CSS pixels */

export class Symbols {
  /** @param {Record<string, string>} shapes SVG paths by name @param {number} edge the width of the line about them */
  constructor(shapes, edge) {
    this.paths = Object.fromEntries(Object.entries(shapes).map(([name, d]) => [name, new Path2D(d)]));
    this.edge = edge;
    /** @type {Map<string, Sprite>} */
    this.sprites = new Map();
  }

  /**
   * A symbol with a halo, to be drawn about its middle.
   * @param {string} shape @param {string} colour @param {number} size @param {string} halo @param {number} [strength]
   */
  sprite(shape, colour, size, halo, strength = 1) {
    const key = `${shape} ${colour} ${size} ${halo} ${strength} ${devicePixelRatio}`;
    let sprite = this.sprites.get(key);
    if (!sprite) {
      const reach = size / 2 + 2;
      sprite = Object.assign(document.createElement("canvas"), { reach });
      sprite.width = sprite.height = Math.ceil(2 * reach * devicePixelRatio);
      const context = contextOf(sprite);
      context.scale(devicePixelRatio, devicePixelRatio);
      context.translate(reach, reach);
      context.scale(size / BOX, size / BOX);
      context.translate(-BOX / 2, -BOX / 2);
      context.lineJoin = "round";
      context.lineWidth = (this.edge * BOX) / size;
      context.strokeStyle = halo;
      context.stroke(this.paths[shape]);
      context.globalAlpha = strength;
      context.fillStyle = colour;
      context.fill(this.paths[shape], "evenodd");
      this.sprites.set(key, sprite);
    }
    return sprite;
  }
}

/**
 * Copy a sprite about (x, y), on whole pixels: so it is sharp, and quicker.
 * @param {CanvasRenderingContext2D} context @param {Sprite} sprite @param {number} x @param {number} y
 */
export function stamp(context, sprite, x, y) {
  const { reach } = sprite;
  const whole = (/** @type {number} */ at) => Math.round(at * devicePixelRatio) / devicePixelRatio;
  context.drawImage(sprite, whole(x - reach), whole(y - reach), 2 * reach, 2 * reach);
}
