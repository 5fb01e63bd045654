/**
 * The frame's one way to the page around it: reports to Python, the link's camera, the theme. Where there is no such page,
 * in an embed or a file, embed.js hears what Python would, and a page around it is left alone.
 */

const alone = () => !window.Streamlit;

/**
 * Tell Python. streamlit-folium's own report would say the same again, so it is made to believe it has said it.
 * @param {object} report all that may be changed on the map: window, selected, base, lang, facets
 */
export function report(report) {
  if (alone()) return void dispatchEvent(new CustomEvent("laydown:report", { detail: report }));
  // The count makes two equal reports two.
  const value = { ...report, count: (reports += 1) };
  const data = { last_active_drawing: value };
  window.__GLOBAL_DATA__.last_active_drawing = value;
  window.__GLOBAL_DATA__.previous_data = data;
  window.Streamlit.setComponentValue(data);
}
let reports = 0;

/** Set the link's `map` without a rerun or a step in the history; null takes it out. */
export function linkCamera(text) {
  if (alone()) return void dispatchEvent(new CustomEvent("laydown:camera", { detail: text }));
  try {
    const url = new URL(parent.location.href);
    if (url.searchParams.get("map") === text) return;
    if (text === null) url.searchParams.delete("map");
    else url.searchParams.set("map", text);
    parent.history.replaceState(parent.history.state, "", url);
  } catch (error) {
    if (error.name !== "SecurityError") throw error; // embedded elsewhere: that page's link is not ours
  }
}

/** Call `act` when the visitor steps through the history. */
export function onNavigate(act) {
  onParent("popstate", act);
}

/** Call `act` with the verb and the object of what the visitor presses in the page around (ui/assets/markup.js). */
export function onAct(act) {
  onParent("laydown:act", (event) => act(...event.detail));
}

/** Tell the page's own parts of the window while it moves (ui/assets/chart.js). @param {[string, string]} days ISO */
export function announceWindow(days) {
  if (alone()) return;
  try {
    parent.dispatchEvent(new parent.CustomEvent("laydown:window", { detail: days }));
  } catch (error) {
    if (error.name !== "SecurityError") throw error; // embedded elsewhere: nobody there knows us
  }
}

/** Call `act` when Escape is pressed, here or in the page around, and means nothing else there. */
export function onEscape(act) {
  listenForEscape(window, act);
  if (alone()) return;
  try {
    if (parent.document) listenForEscape(parent, act);
  } catch (error) {
    if (error.name !== "SecurityError") throw error; // embedded elsewhere: that page's keys are not ours
  }
}

/** What Escape closes in the page around: Share's menu, a list of options, a dialog. */
const CLOSES = '[role="dialog"], [role="listbox"], [role="menu"], dialog[open], [data-testid="stPopoverBody"]';

function listenForEscape(view, act) {
  let free = false;
  // Before anybody hears of it, for what it closes is gone afterwards.
  const before = (event) => {
    if (event.key !== "Escape") return;
    const typing = event.isComposing || event.composedPath()[0].closest?.("input:not([type=radio]), textarea, select");
    free = !typing && !view.document.fullscreenElement && !view.document.querySelector(CLOSES);
  };
  const after = (event) => {
    if (event.key === "Escape" && free && !event.defaultPrevented) act();
  };
  view.addEventListener("keydown", before, true);
  view.addEventListener("keydown", after);
  addEventListener("pagehide", () => {
    view.removeEventListener("keydown", before, true);
    view.removeEventListener("keydown", after);
  });
}

/** Call `act` with what the visitor types into the page's search (ui/filters.py), letter by letter. */
export function onSearch(act) {
  onParent("input", ({ target }) => {
    if (target.closest?.(".st-key-search")) act(target.value);
  });
}

function onParent(name, act) {
  if (alone()) return;
  try {
    parent.addEventListener(name, act);
    addEventListener("pagehide", () => parent.removeEventListener(name, act));
  } catch (error) {
    if (error.name !== "SecurityError") throw error; // embedded elsewhere: that page's doings are not ours
  }
}

/** Take over the page's own fonts, which this server serves under names that only the page's style sheets know. */
export function adoptFonts() {
  if (alone()) return;
  try {
    const rules = [...parent.document.styleSheets].flatMap((sheet) =>
      [...sheet.cssRules]
        .filter((rule) => rule instanceof parent.CSSFontFaceRule)
        .map((rule) => [rule, sheet.href ?? parent.location.href]),
    );
    for (const [rule, base] of rules) {
      const address = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue("src"))?.[1];
      if (!address) continue;
      const { style, weight } = Object.fromEntries(
        ["style", "weight"].map((name) => [name, rule.style.getPropertyValue(`font-${name}`) || "normal"]),
      );
      const family = rule.style.getPropertyValue("font-family").replaceAll(/["']/g, "");
      document.fonts.add(new FontFace(family, `url("${new URL(address, base)}")`, { style, weight }));
    }
  } catch (error) {
    if (error.name !== "SecurityError") throw error; // embedded elsewhere: the system's font will do
  }
}

/** Call `act` with "light" or "dark", now and whenever the page's theme changes. */
export function onTheme(act) {
  let theme = pageTheme();
  act(theme);
  if (alone()) DARK.addEventListener("change", () => act((theme = pageTheme())));
  window.Streamlit?.events.addEventListener(window.Streamlit.RENDER_EVENT, (event) => {
    const next = event.detail.theme?.base ?? pageTheme();
    if (next !== theme) act((theme = next));
  });
}

const DARK = matchMedia("(prefers-color-scheme: dark)");

function pageTheme() {
  if (alone()) return DARK.matches ? "dark" : "light";
  try {
    const app = parent.document.querySelector(".stApp");
    const [r, g, b] = getComputedStyle(app).backgroundColor.match(/\d+/g).map(Number);
    return r + g + b < 384 ? "dark" : "light";
  } catch {
    return DARK.matches ? "dark" : "light";
  }
}
