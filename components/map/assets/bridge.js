/**
 * The frame's one way to the page around it: reports to Python, the link's camera, the theme. Where there is no such page,
 * in an embed or a file, embed.js hears what Python would, and a page around it is left alone.
 */

const alone = () => !window.Streamlit;

/**
 * Tell Python. streamlit-folium's own report would say the same again, so it is made to believe it has said it.
 * @param {object} report all that may be changed on the map: window, playing, selected, base, lang, facets, and whether
 *   the filters beside facets are `cleared`; {} for nothing, after which it plays no more
 */
export function report(report) {
  if (alone()) return void dispatchEvent(new CustomEvent("laydown:report", { detail: report }));
  // The count makes two equal reports two; Streamlit does not hear of the camera in the address.
  const value = { ...report, address: pageAddress(), count: (reports += 1) };
  const data = { last_active_drawing: value };
  window.__GLOBAL_DATA__.last_active_drawing = value;
  window.__GLOBAL_DATA__.previous_data = data;
  window.Streamlit.setComponentValue(data);
}
let reports = 0;

function pageAddress() {
  try {
    return parent.location.href;
  } catch (error) {
    if (error.name !== "SecurityError") throw error;
    return ""; // embedded elsewhere: that page's link is not ours
  }
}

/** Set the link's `map` without a rerun or a step in the history; null takes it out. */
export function linkCamera(text) {
  if (alone()) return void dispatchEvent(new CustomEvent("laydown:camera", { detail: text }));
  relink(() => ({ map: text }));
}

/**
 * While the window is played, set the link's window as linkCamera() does. With null it becomes again what it was, from
 * where Python makes its one step.
 * @param {[string, string] | null} days ISO
 */
export function linkWindow(days) {
  if (alone() || !(days || unplayed)) return;
  relink((link) => {
    unplayed ??= { from: link.get("from"), to: link.get("to") };
    return days ? { from: days[0], to: days[1] } : unplayed;
  });
  if (!days) unplayed = null;
}
let unplayed = null;

/** Set keys of the link, null to take them out, without a rerun or a step in the history. */
function relink(values) {
  try {
    const url = new URL(parent.location.href);
    for (const [key, value] of Object.entries(values(url.searchParams))) {
      if (url.searchParams.get(key) === value) continue;
      if (value === null) url.searchParams.delete(key);
      else url.searchParams.set(key, value);
    }
    if (url.href === parent.location.href) return;
    parent.history.replaceState(parent.history.state, "", url);
    parent.dispatchEvent(new parent.CustomEvent("laydown:link")); // for whoever frames the page (panels/assets/elements.js)
  } catch (error) {
    if (error.name !== "SecurityError") throw error; // embedded elsewhere: that page's link is not ours
  }
}

/** Call `act` when the visitor steps through the history, the page's own or that of a page which frames it. */
export function onNavigate(act) {
  const left = () => {
    unplayed = null; // that was another link
    act();
  };
  onParent("popstate", ({ isTrusted }) => {
    if (isTrusted) left();
    else unplayed = null; // the page's session has begun anew, from the link as it is (panels/assets/elements.js)
  });
  onParent("message", ({ data, source }) => {
    // Streamlit then runs with this query, but leaves its own address as it was.
    if (source !== parent.parent || data?.stCommVersion !== 1 || data.type !== "UPDATE_FROM_QUERY_PARAMS") return;
    const query = String(data.queryParams ?? "").replace(/^\?/, "");
    parent.history.replaceState(parent.history.state, "", `${parent.location.pathname}?${query}`);
    left();
  });
}

/** Call `act` when the page is connected again, its session lost or not, and has run (panels/assets/elements.js). */
export function onReturn(act) {
  onParent("laydown:return", act);
}

/** Call `act` with the verb and the object of what the visitor presses in the page around (panels/assets/elements.js). */
export function onAct(act) {
  onParent("laydown:act", (event) => act(...event.detail));
}

/** Tell the page's own parts of the window while it moves (panels/assets/chart.js). @param {[string, string]} days ISO */
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

/**
 * Take over the page's own fonts, which this server serves under names that only the page's style sheets know: those
 * that come within `patience` milliseconds. A later one is left alone, for what is laid out must not move.
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

/** The fonts that the page around is written in. */
function pageFonts() {
  if (alone()) return [];
  const name = (family) => family.trim().replaceAll(/["']/g, "");
  try {
    const used = getComputedStyle(parent.document.querySelector(".stApp")).fontFamily.split(",").map(name);
    return [...parent.document.styleSheets]
      .flatMap((sheet) => [...sheet.cssRules].map((rule) => [rule, sheet.href ?? parent.location.href]))
      .filter(
        ([rule]) =>
          rule instanceof parent.CSSFontFaceRule && used.includes(name(rule.style.getPropertyValue("font-family"))),
      )
      .flatMap(([{ style }, base]) => {
        const address = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue("src"))?.[1];
        const described = ["style", "weight"].map((key) => [key, style.getPropertyValue(`font-${key}`) || "normal"]);
        const family = name(style.getPropertyValue("font-family"));
        return address ? [new FontFace(family, `url("${new URL(address, base)}")`, Object.fromEntries(described))] : [];
      });
  } catch (error) {
    if (error.name !== "SecurityError") throw error; // embedded elsewhere: the system's font will do
    return [];
  }
}

/** Take over the size of the page's text, now and with what the page says later: the frame is a document of its own. */
export function adoptTextSize() {
  if (alone()) return;
  const adopt = () => {
    try {
      document.documentElement.style.fontSize = getComputedStyle(parent.document.documentElement).fontSize;
    } catch (error) {
      if (error.name !== "SecurityError") throw error; // embedded elsewhere: the browser's own size counts
    }
  };
  adopt();
  window.Streamlit.events.addEventListener(window.Streamlit.RENDER_EVENT, adopt);
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
