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
  try {
    const url = new URL(parent.location.href);
    if (url.searchParams.get("map") === text) return;
    if (text === null) url.searchParams.delete("map");
    else url.searchParams.set("map", text);
    parent.history.replaceState(parent.history.state, "", url);
    parent.dispatchEvent(new parent.CustomEvent("laydown:camera")); // for whoever frames the page (ui/assets/markup.js)
  } catch (error) {
    if (error.name !== "SecurityError") throw error; // embedded elsewhere: that page's link is not ours
  }
}

/** Call `act` when the visitor steps through the history, the page's own or that of a page which frames it. */
export function onNavigate(act) {
  onParent("popstate", act);
  onParent("message", ({ data, source }) => {
    // Streamlit then runs with this query, but leaves its own address as it was.
    if (source !== parent.parent || data?.stCommVersion !== 1 || data.type !== "UPDATE_FROM_QUERY_PARAMS") return;
    const query = String(data.queryParams ?? "").replace(/^\?/, "");
    parent.history.replaceState(parent.history.state, "", `${parent.location.pathname}?${query}`);
    act();
  });
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
