/** Small drawings for buttons and keys, as SVG elements. */

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} d path data in a box of 16 units @param {"line" | "symbol"} kind */
export function glyph(d, kind = "line") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `glyph ${kind}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
