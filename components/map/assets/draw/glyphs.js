/** Small drawings for buttons and keys, as SVG elements. */

const SVG = "http://www.w3.org/2000/svg";

function shape(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function drawing(kind, width, ...parts) {
  return shape("svg", { viewBox: `0 0 ${width} 16`, class: `glyph ${kind}`, "aria-hidden": "true" }, ...parts);
}

/** @param {string} d path data in a box of 16 units @param {"line" | "symbol"} kind */
export function glyph(d, kind = "line") {
  return drawing(kind, 16, shape("path", { d, "fill-rule": "evenodd" }));
}

/**
 * A movement's arrow as arrows.js draws it, for a key.
 * @param {{width: number, dash: number[], band?: number, vague?: boolean, bead?: boolean}} look width in pixels, of which dash
 *   and band are multiples; `vague` at both ends
 */
export function arrowGlyph({ width, dash, band = 0, vague = false, bead = false }) {
  const head = width * 1.6 + 5;
  const neck = 35 - head * (vague ? 1 : 0.8);
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
  const [back, half] = [35 - head * Math.cos(0.42), head * Math.sin(0.42)];
  const tip = shape("path", { d: `M35 8 ${back} ${8 - half}V${8 + half}Z`, class: vague ? "hollow" : "filled" });
  return drawing(
    "arrow",
    36,
    ...(band ? [line(1, neck, 0.25, width * band)] : []),
    ...(vague ? faded.map((part) => line(...part)) : [line(1, neck, 1)]),
    tip,
    ...(bead ? [shape("circle", { cx: 14, cy: 8, r: width + 2, class: "filled" })] : []),
  );
}

/** A site's square with strokes upon it, each a line of points from its middle. @param {number[][][]} strokes */
export function squareGlyph(strokes) {
  const lines = strokes.map((points) =>
    shape("path", {
      d: `M${points.map(([x, y]) => `${18 + x} ${8 + y}`).join("L")}`,
      class: "stroke",
      "stroke-width": 2,
    }),
  );
  return drawing("arrow square", 36, shape("path", { d: "M11 1H25V15H11Z", class: "filled" }), ...lines);
}

/** A symbol with how many it stands for. */
export function countGlyph(text) {
  return drawing(
    "arrow",
    36,
    shape("circle", { cx: 14, cy: 7, r: 6, class: "filled" }),
    shape("text", { x: 20, y: 15 }, text),
  );
}
