/** Small drawings for buttons and keys, as SVG elements. */

import { headLength } from "./arrows.js";

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} tag @param {Record<string, string | number>} attributes @param {(Node | string)[]} children */
function shape(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** @param {string} kind @param {number} width @param {Node[]} parts */
function drawing(kind, width, ...parts) {
  return shape("svg", { viewBox: `0 0 ${width} 16`, class: `glyph ${kind}`, "aria-hidden": "true" }, ...parts);
}

/** @param {string} d path data in a box of 16 units @param {"line" | "symbol"} kind */
export function glyph(d, kind = "line") {
  return drawing(kind, 16, shape("path", { d, "fill-rule": "evenodd" }));
}

/**
 * A movement's arrow as arrows.js draws it, for a key.
 * @param {import("./style.js").MovementStyle} style
 * @param {{width: number, dash: number[], range?: boolean, vague?: boolean, bead?: boolean}} look width in pixels, of
 *   which dash is multiples; `vague` at both ends
 */
export function arrowGlyph(style, { width, dash, range = false, vague = false, bead = false }) {
  const head = headLength(style, width);
  const neck = 35 - head * (vague ? 1 : style.neck);
  /** @param {number} from @param {number} to @param {number} opacity @param {number} [wide] */
  const line = (from, to, opacity, wide = width) =>
    shape("path", {
      d: `M${from} 8H${to}`,
      "stroke-width": wide,
      opacity,
      ...(dash.length && { "stroke-dasharray": dash.map((part) => part * width).join(" ") }),
    });
  const faded = [
    [1, 4, 0.2],
    [4, 7, 0.45],
    [7, 10, 0.75],
    [10, neck - 9, 1],
    [neck - 9, neck - 6, 0.75],
    [neck - 6, neck - 3, 0.45],
    [neck - 3, neck, 0.2],
  ];
  const [back, half] = [35 - head * Math.cos(style.barb), head * Math.sin(style.barb)];
  const tip = shape("path", { d: `M35 8 ${back} ${8 - half}V${8 + half}Z`, class: vague ? "hollow" : "filled" });
  return drawing(
    "arrow",
    36,
    ...(range ? [line(1, neck, style.band_strength, width * style.band)] : []),
    ...(vague ? faded.map(([from, to, opacity]) => line(from, to, opacity)) : [line(1, neck, 1)]),
    tip,
    ...(bead ? [shape("circle", { cx: 14, cy: 8, r: width + style.bead, class: "filled" })] : []),
  );
}

/**
 * A site's square with strokes upon it.
 * @param {import("./style.js").SiteStyle} style @param {import("./style.js").Stroke[]} strokes
 */
export function squareGlyph({ size, stroke_width }, strokes) {
  const square = shape("rect", { x: 18 - size / 2, y: 8 - size / 2, width: size, height: size, class: "filled" });
  const lines = strokes.map((points) =>
    shape("path", {
      d: `M${points.map(([x, y]) => `${18 + x} ${8 + y}`).join("L")}`,
      class: "stroke",
      "stroke-width": stroke_width,
    }),
  );
  return drawing("arrow square", 36, square, ...lines);
}

/**
 * The sign that sources disagree, as scene.js draws it.
 * @param {import("./style.js").SignStyle} style
 */
export function signGlyph({ reach, strokes, width }) {
  const disc = shape("circle", { cx: 18, cy: 8, r: reach, class: "quiet" });
  const lines = strokes.map((points) =>
    shape("path", {
      d: `M${points.map(([x, y]) => `${18 + x} ${8 + y}`).join("L")}`,
      class: "stroke",
      "stroke-width": width,
    }),
  );
  return drawing("arrow sign", 36, disc, ...lines);
}

/** A symbol with how many it stands for. @param {string} text */
export function countGlyph(text) {
  return drawing(
    "arrow",
    36,
    shape("circle", { cx: 14, cy: 7, r: 6, class: "filled" }),
    shape("text", { x: 20, y: 15 }, text),
  );
}
