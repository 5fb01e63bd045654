/** Colours that stand out: the contrast rule of components/picture/palette.py, by tests/cases/contrast.json. Pure. */

/** A colour's relative luminance, 0–1 (WCAG 2.2). @param {string} colour #rrggbb */
function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast ratio of two colours, 1–21 (WCAG 2.2). @param {string} a @param {string} b */
function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * `colour` mixed with `land`, as pale as its contrast with it stays `least`.
 * @param {string} colour #rrggbb @param {string} land @param {number} least
 */
export function pale(colour, land, least) {
  const strongest = legible(colour, land, least);
  let found = strongest;
  for (let step = 1; step < 10; step++) {
    /** @param {number} at */
    const mix = (at) => {
      const [from, to] = [strongest, land].map((one) => Number.parseInt(one.slice(at, at + 2), 16));
      return Math.floor(from + ((to - from) * step) / 10 + 0.5)
        .toString(16)
        .padStart(2, "0");
    };
    const paler = `#${mix(1)}${mix(3)}${mix(5)}`;
    if (contrast(paler, land) < least) break;
    found = paler;
  }
  return found;
}

/**
 * `colour`, lightened or darkened until it stands out against `land`: a black force on a dark map.
 * @param {string} colour #rrggbb @param {string} land
 * @param {number} [least] 3:1 for symbols, 4.5:1 for text
 */
export function legible(colour, land, least = 3) {
  let mixed = colour;
  for (let step = 1; step <= 10 && contrast(mixed, land) < least; step++) {
    const target = luminance(land) < 0.5 ? 255 : 0;
    /** @param {number} at */
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
