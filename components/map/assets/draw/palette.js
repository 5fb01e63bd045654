/** The basemap's and the marks' colours by theme: calm paper, loud data. */

export const PALETTES = {
  light: {
    land: "#f6f4ee",
    water: "#dbe6ec",
    river: "#b5cfdf",
    border: "#8d8778",
    governorate: "#d9d3c4",
    label: "#77705f",
    strong: "#26241f",
    halo: "#f6f4ee",
    edge: "#ffffff",
    outline: "#26241f",
  },
  dark: {
    land: "#1b2026",
    water: "#12171c",
    river: "#24323e",
    border: "#5b6470",
    governorate: "#2f363e",
    label: "#8f98a3",
    strong: "#e8eaed",
    halo: "#1b2026",
    edge: "#0d1115",
    outline: "#e8eaed",
  },
};

/** A colour's relative luminance, 0–1 (WCAG 2.2). @param {string} colour #rrggbb */
function luminance(colour) {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * `colour`, lightened or darkened until it stands out against `land`: a black force on a dark map.
 * @param {number} [least] 3:1 for symbols, 4.5:1 for text
 */
export function legible(colour, land, least = 3) {
  let mixed = colour;
  for (let step = 1; step <= 10 && contrast(mixed, land) < least; step++) {
    const target = luminance(land) < 0.5 ? 255 : 0;
    const mix = (at) => {
      const channel = Number.parseInt(colour.slice(at, at + 2), 16);
      return Math.round(channel + ((target - channel) * step) / 10)
        .toString(16)
        .padStart(2, "0");
    };
    mixed = `#${mix(1)}${mix(3)}${mix(5)}`;
  }
  return mixed;
}
