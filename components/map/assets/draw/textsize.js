/** How large text is: as the page's or the browser's text size says, for what is drawn and not laid out by CSS. */

const ROOT = 14; // pixels: the root's font size that all pixels here are meant for, as in .streamlit/config.toml

/** By how much text is larger than that. */
export function textScale() {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / ROOT;
}

/** A canvas's font. @param {number} pixels where text is not larger @param {string} [style] such as "italic 400" */
export function canvasFont(pixels, style = "400") {
  return `${style} ${pixels * textScale()}px ${getComputedStyle(document.body).fontFamily}`;
}

/** A canvas's font, as the style says. @param {import("./style.js").Font} font */
export const fontOf = ({ size, weight, italic }) => canvasFont(size, `${italic ? "italic " : ""}${weight}`);
