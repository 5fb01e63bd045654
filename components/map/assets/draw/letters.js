/**
 * Letters on the sites' squares, for whoever cannot tell the forces' colours apart: whose they are. They are there while
 * the system's own colours are forced upon pages, and else by a switch that this browser keeps: it is the reader's, not
 * the link's.
 */

import { canvasFont } from "./textsize.js";

const KEY = "laydown:letters";
/** Of the letters and of what parts them from the square, in pixels. */
const SIZE = { text: 10, halo: 2.5 };

/** Whether the system forces its own colours upon pages. */
const forced = () => matchMedia("(forced-colors: active)");

/** Whether squares bear letters. */
export function lettered() {
  try {
    return forced().matches || localStorage.getItem(KEY) === "on";
  } catch {
    return forced().matches; // in a sandbox nothing is kept
  }
}

/** @param {boolean} on */
export function setLettered(on) {
  try {
    if (on) localStorage.setItem(KEY, "on");
    else localStorage.removeItem(KEY);
  } catch {
    // as above
  }
}

/** Call `act` when colours begin or cease to be forced. @param {() => void} act */
export function onForced(act) {
  forced().addEventListener("change", act);
}

/**
 * @param {CanvasRenderingContext2D} context @param {string} text @param {number} x @param {number} y of its middle
 * @param {import("./style.js").Palette} palette
 */
export function drawLetters(context, text, x, y, palette) {
  context.font = canvasFont(SIZE.text, "600");
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = SIZE.halo;
  context.strokeStyle = palette.halo;
  context.strokeText(text, x, y);
  context.fillStyle = palette.strong;
  context.fillText(text, x, y);
  context.textAlign = "start";
  context.textBaseline = "alphabetic";
}
