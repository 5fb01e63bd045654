/**
 * The frame's one way to the page around it: reports to Python, the link's camera, the theme. Where there is no such page,
 * in an embed or a file, embed.js hears what Python would, and a page around it is left alone.
 */

import { iso } from "./time/days.js";

const alone = () => !window.Streamlit;

/**
 * Do something with the page around, where it is Laydown's; a page of another origin that has embedded ours is left alone.
 * @template T
 * @param {() => T} act
 * @param {T} otherwise
 * @returns {T}
 */
function withPage(act, otherwise) {
  try {
    return act();
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "SecurityError") throw error;
    return otherwise;
  }
}

/** @param {EventTarget} target @param {string} name @param {unknown} [detail] */
function tell(target, name, detail) {
  target.dispatchEvent(new CustomEvent(name, { detail }));
}

/**
 * Tell Python. streamlit-folium's own report follows with what it finds in __GLOBAL_DATA__; it sends nothing where that is
 * what was sent before, so both are set to this one.
 * @param {Record<string, unknown>} fields all that may be changed on the map; see map/protocol.py. {} for nothing, after
 *   which it plays no more
 * @param {boolean} [offered] whether the page around may answer it instead of Python, as it does of a window that moved
 * @returns {boolean} whether Python hears of it
 */
export function report(fields, offered = false) {
  if (!window.Streamlit) {
    tell(window, "laydown:report", fields);
    return false;
  }
  const moved = new CustomEvent("laydown:move", { detail: fields, cancelable: true });
  if (offered && withPage(() => !parent.dispatchEvent(moved), false)) return false;
  // The count makes two equal reports two; Streamlit does not hear of the camera in the address.
  const value = { ...fields, address: withPage(() => parent.location.href, ""), count: (reports += 1) };
  const data = { last_active_drawing: value };
  window.__GLOBAL_DATA__.last_active_drawing = value;
  window.__GLOBAL_DATA__.previous_data = data;
  window.Streamlit.setComponentValue(data);
  return true;
}
let reports = 0;

/** Leave files that are dragged over the map to the page around, which opens them (ui/assets/open.js). */
export function passDragsOn() {
  if (alone()) return;
  for (const name of ["dragenter", "dragover", "drop"]) {
    window.addEventListener(name, (event) => {
      if (!(/** @type {DragEvent} */ (event).dataTransfer?.types.includes("Files"))) return;
      event.preventDefault(); // else the browser would open the file in the map's place
      withPage(() => tell(parent, "laydown:drag"), undefined);
    });
  }
}

/** @typedef {import("./view_state.js").Command} Command */

/** Call `act` with the command by which the page around answers a report (panels/assets/navigation.js). @param {(command: Command) => void} act */
export function onCommand(act) {
  onParent("laydown:command", (event) => act(/** @type {CustomEvent<Command>} */ (event).detail));
}

/**
 * Call `act` with the ISO days of the window that Python has shown last, when its script has run.
 * @param {(days: {start: string, end: string}) => void} act
 */
export function onRan(act) {
  onParent("laydown:ran", (event) => act(/** @type {CustomEvent<{start: string, end: string}>} */ (event).detail));
}

/** Load the whole page anew: its address says all that is on view. */
export function reload() {
  if (alone()) location.reload();
  else withPage(() => parent.location.reload(), undefined);
}

/** Set the link's `map` without a rerun or a step in the history; null takes it out. @param {string | null} text */
export function linkCamera(text) {
  if (alone()) tell(window, "laydown:camera", text);
  // Python has yet to read the link, and to tell of what in it is no camera, until the wire to it is there.
  else if (text || !window.early || window.early.joined) relink(() => ({ map: text }));
}

/** @typedef {{start: number, end: number}} Days a window, by its day numbers */

/**
 * While the window is played, set the link's window as linkCamera() does. With null it becomes again what it was, from
 * where Python makes its one step.
 * @param {Days | null} days
 */
export function linkWindow(days) {
  if (alone() || !(days || unplayed)) return;
  relink((link) => {
    unplayed ??= { from: link.get("from"), to: link.get("to") };
    return days ? { from: iso(days.start), to: iso(days.end) } : unplayed;
  });
  if (!days) unplayed = null;
}
/** The link's window before it was played. @type {Record<"from" | "to", string | null> | null} */
let unplayed = null;

/**
 * Set keys of the link, null to take them out, without a rerun or a step in the history.
 * @param {(link: URLSearchParams) => Record<string, string | null>} values
 */
function relink(values) {
  withPage(() => {
    const address = new URL(parent.location.href);
    for (const [key, value] of Object.entries(values(address.searchParams))) {
      if (address.searchParams.get(key) === value) continue;
      if (value === null) address.searchParams.delete(key);
      else address.searchParams.set(key, value);
    }
    if (address.href === parent.location.href) return;
    parent.history.replaceState(parent.history.state, "", address);
    tell(parent, "laydown:link"); // for whoever frames the page (panels/assets/mount.js)
  }, undefined);
}

/** Call `act` when the visitor steps through the history, the page's own or that of a page which frames it. @param {() => void} act */
export function onNavigate(act) {
  const left = () => {
    unplayed = null; // that was another link
    act();
  };
  onParent("popstate", ({ isTrusted }) => {
    if (isTrusted) left();
    else unplayed = null; // the page's session has begun anew, from the link as it is (panels/assets/mount.js)
  });
  onParent("message", (event) => {
    const { data, source } = /** @type {MessageEvent} */ (event);
    // Streamlit then runs with this query, but leaves its own address as it was.
    if (source !== parent.parent || data?.stCommVersion !== 1 || data.type !== "UPDATE_FROM_QUERY_PARAMS") return;
    const query = String(data.queryParams ?? "").replace(/^\?/, "");
    parent.history.replaceState(parent.history.state, "", `${parent.location.pathname}?${query}`);
    left();
  });
}

/** Call `act` when the page is connected again, its session lost or not, and has run (panels/assets/mount.js). @param {() => void} act */
export function onReturn(act) {
  onParent("laydown:return", act);
}

/**
 * Call `act` with the verb and the object of what the visitor presses in the page around (panels/assets/mount.js).
 * @param {(verb: string, value: string) => boolean | void} act returns true where Python is to hear of it from here alone
 */
export function onAct(act) {
  onParent("laydown:act", (event) => {
    const [verb, value] = /** @type {CustomEvent<[string, string]>} */ (event).detail;
    if (act(verb, value)) event.preventDefault();
  });
}

/** Tell the page's own parts of the window while it moves (panels/assets/). @param {Days} days */
export function announceWindow({ start, end }) {
  if (!alone()) withPage(() => tell(parent, "laydown:window", { start, end }), undefined);
}

/** Ask the page around for what a press in it would, such as ["tab", "changes"] (ui/assets/search.js). @param {string[]} act the verb and its object */
export function ask(act) {
  if (!alone()) withPage(() => tell(parent, "laydown:ask", act), undefined);
}

/** Tell the page's search field that all filters were cleared on the map (ui/assets/search.js). */
export function announceCleared() {
  if (!alone()) withPage(() => tell(parent, "laydown:cleared"), undefined);
}

/** Call `act` with the rows that the page around points at, such as "site:al-tanf" (panels/assets/lights.js). @param {(rows: string[]) => void} act */
export function onLight(act) {
  onParent("laydown:light", (event) => act(/** @type {CustomEvent<string[]>} */ (event).detail));
}

/** Tell the page's own parts which rows the pointer is on (panels/assets/lights.js). @param {string[]} rows */
export function announcePointed(rows) {
  if (!alone()) withPage(() => tell(parent, "laydown:pointed", rows), undefined);
}

/** Call `act` when Escape is pressed, here or in the page around, and means nothing else there. @param {() => void} act */
export function onEscape(act) {
  listenForEscape(window, act);
  if (!alone()) withPage(() => parent.document && listenForEscape(parent, act), undefined);
}

/** What Escape closes in the page around: Share's menu, a list of options, a dialog. */
const CLOSES = '[role="dialog"], [role="listbox"], [role="menu"], dialog[open], [data-testid="stPopoverBody"]';

/** @param {Window} view @param {() => void} act */
function listenForEscape(view, act) {
  let free = false;
  // Before anybody hears of it, for what it closes is gone afterwards.
  const before = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    const [target] = /** @type {Element[]} */ (event.composedPath());
    const typing = event.isComposing || target.closest?.("input:not([type=radio]), textarea, select");
    free = !typing && !view.document.fullscreenElement && !view.document.querySelector(CLOSES);
  };
  const after = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && free && !event.defaultPrevented) act();
  };
  view.addEventListener("keydown", before, true);
  view.addEventListener("keydown", after);
  addEventListener("pagehide", () => {
    view.removeEventListener("keydown", before, true);
    view.removeEventListener("keydown", after);
  });
}

/**
 * Call `act` with the terms of what the visitor types into the page's search, letter by letter (ui/assets/search.js).
 * @param {(terms: string[]) => void} act
 */
export function onSearch(act) {
  onParent("laydown:search", (event) => act(/** @type {CustomEvent<string[]>} */ (event).detail));
}

/** @param {string} name @param {(event: Event) => void} act */
function onParent(name, act) {
  if (alone()) return;
  withPage(() => {
    parent.addEventListener(name, act);
    addEventListener("pagehide", () => parent.removeEventListener(name, act));
  }, undefined);
}

/**
 * Take over the page's own fonts, which this server serves under names that only the page's style sheets know: those
 * that come within `patience` milliseconds. A later one is left alone, for what is laid out must not move.
 * @param {number} patience
 */
export async function adoptFonts(patience) {
  let late = false;
  const coming = pageFonts().map(async (font) => {
    await font.load();
    if (!late) document.fonts.add(font);
  });
  await Promise.race([Promise.allSettled(coming), new Promise((done) => setTimeout(done, patience))]);
  late = true;
}

/** The fonts that the page around is written in; where it is another's, the system's will do. @returns {FontFace[]} */
function pageFonts() {
  if (alone()) return [];
  const name = (/** @type {string} */ family) => family.trim().replaceAll(/["']/g, "");
  return withPage(() => {
    const used = getComputedStyle(pageElement() ?? document.body)
      .fontFamily.split(",")
      .map(name);
    return [...parent.document.styleSheets].flatMap((sheet) =>
      [...sheet.cssRules].filter(isFontFace).flatMap(({ style }) => {
        const family = name(style.getPropertyValue("font-family"));
        const address = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue("src"))?.[1];
        if (!address || !used.includes(family)) return [];
        const source = `url("${new URL(address, sheet.href ?? parent.location.href)}")`;
        const described = ["style", "weight"].map((key) => [key, style.getPropertyValue(`font-${key}`) || "normal"]);
        return [new FontFace(family, source, Object.fromEntries(described))];
      }),
    );
  }, []);
}

/** Whether a rule of the page's, whose classes are not the frame's, is one of a font. @param {CSSRule} rule @returns {rule is CSSFontFaceRule} */
function isFontFace(rule) {
  const page = /** @type {Window & typeof globalThis} */ (parent);
  return rule instanceof page.CSSFontFaceRule;
}

/** Streamlit's outermost element in the page around; null as long as it is not there. */
function pageElement() {
  return parent.document.querySelector(".stApp");
}

/** Take over the size of the page's text, now and with what the page says later: the frame is a document of its own. */
export function adoptTextSize() {
  if (!window.Streamlit) return;
  const adopt = () =>
    withPage(() => {
      document.documentElement.style.fontSize = getComputedStyle(parent.document.documentElement).fontSize;
    }, undefined);
  adopt();
  window.Streamlit.events.addEventListener(window.Streamlit.RENDER_EVENT, adopt);
}

/** The lengths by which page.css lays out a small screen: the sheet's height, that of its peek, and the timeline's upon it. */
const SHEET = ["--sheet", "--peek", "--band"];

/**
 * Lie on the page's sheet, where a small screen has one (ui/assets/sheet.js): page.css says how high it is, the timeline goes
 * with it. Call `act` whenever it has come to rest.
 * @param {() => void} act
 */
export function followSheet(act) {
  if (alone()) return;
  const { dataset, style } = document.documentElement;
  const adopt = () =>
    withPage(() => {
      const page = parent.document.documentElement;
      const probe = parent.document.createElement("div");
      probe.style.cssText = "position: fixed; visibility: hidden; width: 0";
      parent.document.body.append(probe);
      for (const name of SHEET) {
        probe.style.height = `var(${name}, 0px)`;
        style.setProperty(name, `${probe.getBoundingClientRect().height}px`);
      }
      probe.remove();
      dataset.sheet = getComputedStyle(page).getPropertyValue("--sheet-at").trim();
      dataset.dragged = String("dragged" in page.dataset);
    }, undefined);
  adopt();
  let rested = style.getPropertyValue("--sheet");
  onParent("laydown:sheet", () => {
    adopt();
    const height = style.getPropertyValue("--sheet");
    if (dataset.dragged === "true" || height === rested) return;
    rested = height;
    act();
  });
}

/** @typedef {"light" | "dark"} Theme */

/** Call `act` now and whenever the page's theme changes. @param {(theme: Theme) => void} act */
export function onTheme(act) {
  let theme = pageTheme();
  act(theme);
  const next = (/** @type {Theme} */ other) => {
    if (other === theme) return;
    theme = other;
    act(theme);
  };
  if (alone()) DARK.addEventListener("change", () => next(pageTheme()));
  window.Streamlit?.events.addEventListener(window.Streamlit.RENDER_EVENT, (event) => {
    const { detail } = /** @type {CustomEvent<{theme?: {base?: Theme}}>} */ (event);
    next(detail.theme?.base ?? pageTheme());
  });
  addEventListener("beforeprint", () => act("light")); // paper is white
  addEventListener("afterprint", () => act(theme));
}

const DARK = matchMedia("(prefers-color-scheme: dark)");

/** @returns {Theme} */
function pageTheme() {
  const preferred = DARK.matches ? "dark" : "light";
  if (alone()) return preferred;
  try {
    const colours = getComputedStyle(/** @type {Element} */ (pageElement())).backgroundColor.match(/\d+/g) ?? [];
    const [r, g, b] = colours.map(Number);
    return r + g + b < 384 ? "dark" : "light";
  } catch {
    return preferred;
  }
}
