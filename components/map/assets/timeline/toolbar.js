/** The timeline's buttons and words: the player, presets and periods, how to play, and the window in numbers. */

import { count, el } from "../controls/dom.js";
import { publicBy } from "../public_by.js";
import { short } from "../time/days.js";
import { SPEEDS } from "./playback.js";

/** Lengths of the window: what they are called, at length and in short, and their days. @type {[string, string, number][]} */
const PRESETS = [
  ["30 days", "30 d", 30],
  ["90 days", "90 d", 90],
  ["1 year", "1 y", 365],
];

/**
 * @param {string} label @param {() => void} act
 * @param {{icon?: string, text?: string} & Record<string, string>} face an icon or a text, and attributes
 */
function button(label, act, { icon, text = "", ...attributes }) {
  const face = icon ? el("i", { class: `icon icon-${icon}`, "aria-hidden": "true" }) : text;
  return el("button", { type: "button", "aria-label": label, title: label, onclick: act, ...attributes }, face);
}

/** Set a text where it is another: who listens to it is told only what is new. @param {HTMLElement} element @param {string} text */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {[string | number, string][]} options values and texts @param {Record<string, string>} attributes */
function select(options, attributes) {
  const texts = options.map(([value, text]) => el("option", { value }, text));
  return /** @type {HTMLSelectElement} */ (el("select", attributes, ...texts));
}

/** How long the window rests before a screen reader is told: who holds an arrow key down hears one sentence. */
const REST_MS = 700;

export class Toolbar {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resting;

  /** @param {import("./timeline.js").Timeline} timeline */
  constructor(timeline) {
    this.timeline = timeline;
    this.words = {
      start: el("strong"),
      end: el("strong"),
      incidents: el("span"),
      movements: el("span"),
      known: el("span", { class: "known" }),
    };
    this.output = el("output", { class: "window-summary", "aria-live": "off" }, ...Object.values(this.words));
    /** The one place from which a screen reader is told that the window, or what is in it, has changed. */
    this.sentence = el("p", { class: "unseen", role: "status" });
    this.playButton = button("Play", () => timeline.toggle(), { icon: "play", class: "play" });
    this.playIcon = /** @type {HTMLElement} */ (this.playButton.firstElementChild);
    this.sizeName = el("span", { class: "size", title: "What a bar of the histogram spans" });
    this.presets = this.#presets();
    this.periodMenu = timeline.periods.length ? this.#periodMenu() : null;
    this.loopButton = button("Loop", () => this.#setLoop(!timeline.player.loop), {
      icon: "loop",
      class: "round",
      "aria-pressed": "false",
    });
    this.more = el(
      "button",
      {
        type: "button",
        class: "more round",
        "aria-label": "More",
        "aria-expanded": "false",
        "aria-controls": "timeline-options",
        onclick: () => this.unfold(),
      },
      el("i", { class: "icon icon-more", "aria-hidden": "true" }),
    );
    this.element = el(
      "div",
      { class: "timeline-bar" },
      this.#transport(),
      this.output,
      this.sentence,
      this.more,
      el("div", { class: "options", id: "timeline-options" }, this.#lengths(), this.#modes(), this.#zoomer()),
    );
  }

  #transport() {
    const { timeline } = this;
    return el(
      "div",
      { class: "transport", role: "group", "aria-label": "Playback" },
      this.playButton,
      button("Step back", () => timeline.step(-1), { icon: "back", class: "round" }),
      button("Step forward", () => timeline.step(1), { icon: "forward", class: "round" }),
    );
  }

  /** Chips that set the length of the window. */
  #presets() {
    const { timeline } = this;
    const chips = PRESETS.map(([label, text, days]) => {
      const take = () => timeline.take(timeline.window.end - days + 1, timeline.window.end);
      // Its name begins with what is seen: that is what somebody says who speaks to the computer.
      return button(`${text}, ${label}`, take, { text, title: label, class: "chip" });
    });
    const all = () => timeline.take(timeline.extent.first, timeline.extent.last);
    return [...chips, button("All", all, { text: "All", class: "chip" })];
  }

  #periodMenu() {
    const { timeline } = this;
    const menu = select(
      [["", "Periods"], ...timeline.periods.map(({ name }, at) => /** @type {[number, string]} */ ([at, name]))],
      {
        "aria-label": "Periods",
      },
    );
    menu.addEventListener("change", () => {
      const period = menu.value && timeline.periods[Number(menu.value)];
      if (period) timeline.take(period.start, period.end);
    });
    return menu;
  }

  #lengths() {
    return el(
      "div",
      { class: "presets", role: "group", "aria-label": "Length of the window" },
      this.sizeName,
      ...this.presets,
      this.periodMenu,
    );
  }

  #modes() {
    const { timeline } = this;
    const speed = select(
      SPEEDS.map((one) => [one, `×${one}`]),
      { "aria-label": "Speed", title: "Speed", class: "speed" },
    );
    speed.addEventListener("change", () => {
      timeline.player.speed = Number(speed.value);
    });
    const mode = select(
      [
        ["moving", "Slide"],
        ["growing", "Build up"],
      ],
      { "aria-label": "Mode", title: "What playing does to the window", class: "mode" },
    );
    mode.addEventListener("change", () => timeline.setMode(mode.value === "growing"));
    return el("div", { class: "modes", role: "group", "aria-label": "How to play" }, speed, mode, this.loopButton);
  }

  #zoomer() {
    const { timeline } = this;
    return el(
      "div",
      { class: "zoomer", role: "group", "aria-label": "Time on the track" },
      button("Show more time", () => timeline.zoomAboutMiddle(2), { text: "−", class: "round" }),
      button("Show less time", () => timeline.zoomAboutMiddle(0.5), { text: "+", class: "round" }),
    );
  }

  /** Show the options, or fold them away, where there is no room for them. */
  unfold(open = !this.element.classList.contains("open")) {
    this.element.classList.toggle("open", open);
    this.more.setAttribute("aria-expanded", String(open));
  }

  /** Fold the options away where they are unfolded, and give the focus back to what unfolds them. */
  fold() {
    if (!this.isOpen) return;
    this.unfold(false);
    this.more.focus();
  }

  /** @param {boolean} loop */
  #setLoop(loop) {
    this.timeline.player.loop = loop;
    this.loopButton.setAttribute("aria-pressed", String(loop));
  }

  /** Tell the window and what is on view in it. */
  show() {
    const { words, timeline } = this;
    const { periods, extent, data } = timeline;
    const { start, end } = timeline.window;
    const { incidents, movements } = timeline.app.counted;
    say(words.start, `${short(start)} –`);
    say(words.end, short(end));
    // Of what the data have none at all nothing is said.
    say(words.incidents, data.incidents.length ? count(incidents.count, "incident") : "");
    say(words.movements, data.movements.id.length ? count(movements.numbers.length, "movement") : "");
    say(words.known, publicBy(timeline.app, "public_by_brief"));
    this.#tell();
    const windows = [...PRESETS.map(([, , days]) => [end - days + 1, end]), [extent.first, extent.last]];
    this.presets.forEach((chip, i) =>
      chip.setAttribute("aria-pressed", String(windows[i][0] === start && windows[i][1] === end)),
    );
    const period = periods.findIndex((named) => named.start === start && named.end === end);
    if (this.periodMenu) this.periodMenu.value = period < 0 ? "" : String(period);
  }

  /** Tell in one sentence what the window has come to, once it rests. */
  #tell() {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      if (this.timeline.held || this.timeline.player.playing) return; // it is told when that ends
      const { start, end, incidents, movements, known } = this.words;
      const parts = [incidents, movements, known].map(({ textContent }) => textContent).filter(Boolean);
      const told = parts.length ? `: ${parts.join(", ")}` : "";
      say(this.sentence, `${start.textContent} ${end.textContent}${told}.`);
    }, REST_MS);
  }

  /** Show whether it plays, and whether playing builds up what the map opened with. @param {boolean} playing @param {boolean} first */
  showPlayer(playing, first) {
    const label = playing ? "Pause" : first ? "Watch it" : "Play";
    // It keeps its width while it builds up: what lies beside it must not come under the pointer.
    this.playButton.classList.toggle("first", first);
    if (this.playButton.getAttribute("aria-label") === label) return;
    this.playButton.replaceChildren(this.playIcon, first ? label : "");
    this.playButton.setAttribute("aria-label", label);
    this.playButton.title = `${label} (space)`;
    this.playIcon.className = `icon icon-${playing ? "pause" : "play"}`;
  }

  /** Name what a bar of the histogram spans. @param {string} name */
  nameSize(name) {
    say(this.sizeName, name);
  }

  get isOpen() {
    return this.element.classList.contains("open");
  }
}
