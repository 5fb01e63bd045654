/** Sprites: each symbol drawn once per shape, colour, size and strength, then copied. */

/** The outlines' box (symbols.py's SIZE). */
const BOX = 16;

export class Symbols {
  /** @param {Record<string, string>} shapes SVG paths by name */
  constructor(shapes) {
    this.paths = Object.fromEntries(Object.entries(shapes).map(([name, d]) => [name, new Path2D(d)]));
    this.sprites = new Map();
  }

  /** A canvas of the symbol with a halo, to be drawn about its middle; `.reach` is half its size in CSS pixels. */
  sprite(shape, colour, size, halo, strength = 1) {
    const key = `${shape} ${colour} ${size} ${halo} ${strength} ${devicePixelRatio}`;
    let sprite = this.sprites.get(key);
    if (!sprite) {
      const reach = size / 2 + 2;
      sprite = document.createElement("canvas");
      sprite.width = sprite.height = Math.ceil(2 * reach * devicePixelRatio);
      sprite.reach = reach;
      const context = sprite.getContext("2d");
      context.scale(devicePixelRatio, devicePixelRatio);
      context.translate(reach, reach);
      context.scale(size / BOX, size / BOX);
      context.translate(-BOX / 2, -BOX / 2);
      context.lineJoin = "round";
      context.lineWidth = (3 * BOX) / size;
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

/** Copy a sprite about (x, y), on whole pixels: so it is sharp, and quicker. */
export function stamp(context, sprite, x, y) {
  const { reach } = sprite;
  const whole = (at) => Math.round(at * devicePixelRatio) / devicePixelRatio;
  context.drawImage(sprite, whole(x - reach), whole(y - reach), 2 * reach, 2 * reach);
}
