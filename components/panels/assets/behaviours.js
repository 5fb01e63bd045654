/** What elements may do on Laydown's page beside their acts: copy, say what the page shows, keep the way back from a briefing. */

import { fold as folded, terms } from "../../map/assets/data/names.js";

/** Under which this tab keeps the address from which its reader entered a briefing. */
const BEFORE = "laydown:before";
/** How long a button says that it has copied. */
const COPIED_MS = 2000;

/**
 * Return what each attribute of elements.js's BEHAVIOURS does.
 * @param {(act: string[]) => void} act
 * @returns {Record<string, (element: HTMLElement, value: string) => void>}
 */
export function behaviours(act) {
  return {
    copy: (button, name) => button.addEventListener("click", () => copy(button, name)),
    say: (button, text) => button.addEventListener("click", () => offer(button, Promise.resolve(new Blob([text])))),
    describe: (_, text) => document.querySelector("meta[name=description]")?.setAttribute("content", text),
    sift: (field, none) => field.addEventListener("input", () => sift(/** @type {HTMLInputElement} */ (field), none)),
    summon: (button, name) => button.addEventListener("click", () => window.dispatchEvent(new CustomEvent(name))),
    enter: (button) => button.addEventListener("click", remember),
    leave: (button, label) => {
      if (before() !== null) button.textContent = label;
      button.addEventListener("click", () => leave(act));
    },
  };
}

/**
 * Show those options of a fold whose names hold all that is typed, each at the beginning of a word.
 * @param {HTMLInputElement} field
 * @param {string} none what is said where there are none
 */
function sift(field, none) {
  const wanted = terms(field.value).map((term) => ` ${term}`);
  const fold = /** @type {HTMLElement} */ (field.parentElement);
  let found = 0;
  for (const option of /** @type {NodeListOf<HTMLElement>} */ (fold.querySelectorAll(".option"))) {
    const name = ` ${folded(option.firstElementChild?.textContent ?? "")}`;
    option.hidden = !wanted.every((term) => name.includes(term));
    if (!option.hidden) found += 1;
  }
  const said = fold.querySelector("[role=status]");
  if (said) said.textContent = found ? "" : none;
}

/** The query of the address from which the briefing was entered, or null: a link to a step has none before it. */
function before() {
  try {
    return sessionStorage.getItem(BEFORE);
  } catch {
    return null; // no storage is allowed here
  }
}

/** Keep the address as it is now; from one briefing to another it stays the one before them. */
export function remember() {
  if (new URLSearchParams(location.search).has("step")) return;
  try {
    sessionStorage.setItem(BEFORE, location.search);
  } catch (error) {
    console.warn("laydown: the way back is not kept:", error);
  }
}

/**
 * Go back to where the reader was before the briefing, or else to the opening view.
 * @param {(act: string[]) => void} act
 */
function leave(act) {
  act(["leave", before() ?? ""]);
  try {
    sessionStorage.removeItem(BEFORE);
  } catch {
    // nothing is kept
  }
}

/**
 * Copy what this server answers about the view to the clipboard; where there is none, show it.
 * @param {HTMLElement} button
 * @param {string} name such as brief.md
 */
async function copy(button, name) {
  const address = new URL(`${name}${location.search}`, document.baseURI);
  const text = fetch(address).then((response) => {
    if (!response.ok) throw new Error(`${response.status} for ${address.pathname}`);
    return response.blob();
  });
  await offer(button, text, () => open(address, "_blank", "noopener"));
}

/**
 * Copy a text to the clipboard; where there is none, it stands beside the button to be marked by hand.
 * @param {HTMLElement} button
 * @param {Promise<Blob>} text
 * @param {() => void} [otherwise] where there is no clipboard
 */
async function offer(button, text, otherwise = () => {}) {
  const label = button.textContent;
  try {
    // The text may arrive after the press has been forgotten, so the clipboard is given its promise.
    const item = new ClipboardItem({ "text/plain": text.then((blob) => new Blob([blob], { type: "text/plain" })) });
    await navigator.clipboard.write([item]);
    button.textContent = "Copied";
  } catch (error) {
    console.warn("laydown: not copied:", error);
    otherwise();
  }
  setTimeout(() => {
    button.textContent = label;
  }, COPIED_MS);
}
