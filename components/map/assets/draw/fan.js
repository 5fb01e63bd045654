/** The fan: incidents that lie on one spot, spread so that each can be seen and pressed. */

export const FAN = 60; // incidents a fan shows
const CIRCLE = 12; // as many stand in a circle, more in a spiral

export class Fan {
  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
    /** What is spread, about which point of the world's square. @type {{numbers: number[], x: number, y: number} | null} */
    this.opened = null;
  }

  /** Spread incidents about a point of the map, in pixels; none closes it. @param {number[]} numbers @param {number} x @param {number} y */
  open(numbers, x, y) {
    const { origin, scale } = this.scene;
    this.opened = numbers.length ? { numbers, x: (x + origin[0]) / scale, y: (y + origin[1]) / scale } : null;
  }

  close() {
    this.opened = null;
  }

  draw() {
    if (!this.opened) return;
    const { scene } = this;
    const slice = scene.view.selection.incidents;
    const numbers = this.opened.numbers.filter((i) => slice.has(i));
    if (!numbers.length) {
      this.opened = null;
      return;
    }
    const shown = numbers.slice(0, FAN);
    const [x, y] = scene.point([this.opened.x, this.opened.y]);
    const spots = shown.map((_, n) => spread(n, shown.length, x, y));
    for (const [left, top] of spots) scene.leader(left, top, x, y);
    shown.forEach((i, n) => {
      scene.incidents.drawMark(scene.incidents.single(i), spots[n][0], spots[n][1], -1);
    });
    const more = numbers.length - shown.length;
    if (more > 0) scene.badge(`and ${more} more in the table`, x, y);
  }
}

/**
 * The n-th of `all` spots about (x, y): a circle for a few, a spiral for many.
 * @param {number} n @param {number} all @param {number} x @param {number} y
 */
function spread(n, all, x, y) {
  if (all <= CIRCLE) {
    const angle = (2 * Math.PI * n) / all - Math.PI / 2;
    const reach = Math.max(26, (all * 22) / (2 * Math.PI));
    return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
  }
  const angle = Math.sqrt(n + 2) * 2.4;
  const reach = 14 + 9 * angle * 0.75;
  return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
}
