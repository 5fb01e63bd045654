/** The timeline's buttons and words: the player, presets and periods, how to play, and the window in numbers. */

import { count, el } from "../controls/dom.js";
import { short } from "../time/days.js";
import { SPEEDS } from "./playback.js";

const PRESETS = [
  ["30 days", "30 d", 30],
  ["90 days", "90 d", 90],
  ["1 year", "1 y", 365],
];

export class Toolbar {
  /** @param {import("./timeline.js").Timeline} timeline */
  constructor(timeline) {
    this.timeline = timeline;
    this.told = { start: el("strong"), end: el("strong"), incidents: el("span"), movements: el("span") };
    this.output = el("output", { class: "told" }, ...Object.values(this.told));
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
      this.more,
      el("div", { class: "options", id: "timeline-options" }, this.#presets(), this.#modes(), this.#zoomer()),
    );
  }

  #button(label, act, { icon, text, ...attributes }) {
    const face = icon ? el("i", { class: `icon icon-${icon}`, "aria-hidden": "true" }) : text;
    return el("button", { type: "button", "aria-label": label, title: label, onclick: act, ...attributes }, face);
  }

  #transport() {
    const { timeline } = this;
    this.playButton = this.#button("Play", () => timeline.player.toggle(), { icon: "play", class: "play" });
    return el(
      "div",
      { class: "transport", role: "group", "aria-label": "Playback" },
      this.playButton,
      this.#button("Step back", () => timeline.step(-1), { icon: "back", class: "round" }),
      this.#button("Step forward", () => timeline.step(1), { icon: "forward", class: "round" }),
    );
  }

  #presets() {
    const { timeline } = this;
    this.sizeName = el("span", { class: "size", title: "What a bar of the histogram spans" });
    this.presets = PRESETS.map(([label, text, days]) =>
      this.#button(label, () => timeline.take(timeline.end - days + 1, timeline.end), { text, class: "chip" }),
    );
    this.presets.push(
      this.#button("All", () => timeline.take(timeline.extent.first, timeline.extent.last), {
        text: "All",
        class: "chip",
      }),
    );
    const group = el(
      "div",
      { class: "presets", role: "group", "aria-label": "Length of the window" },
      this.sizeName,
      ...this.presets,
    );
    if (timeline.periods.length) group.append(this.#periodMenu());
    return group;
  }

  #periodMenu() {
    const { timeline } = this;
    const choose = () => {
      const period = timeline.periods[this.periodMenu.value];
      if (period) timeline.take(period.start, period.end);
    };
    this.periodMenu = el(
      "select",
      { "aria-label": "Periods", onchange: choose },
      el("option", { value: "" }, "Periods"),
      ...timeline.periods.map(({ name }, number) => el("option", { value: number }, name)),
    );
    return this.periodMenu;
  }

  #modes() {
    const { timeline } = this;
    const speeds = SPEEDS.map((speed) => el("option", { value: speed }, `×${speed}`));
    const speed = el("select", { "aria-label": "Speed", title: "Speed", class: "speed" }, ...speeds);
    speed.addEventListener("change", () => (timeline.player.speed = Number(speed.value)));
    const mode = el(
      "select",
      { "aria-label": "Mode", title: "What playing does to the window", class: "mode" },
      el("option", { value: "moving" }, "Moving"),
      el("option", { value: "growing" }, "Growing"),
    );
    mode.addEventListener("change", () => timeline.setMode(mode.value === "growing"));
    this.loopButton = this.#button("Loop", () => this.#setLoop(!timeline.player.loop), {
      icon: "loop",
      class: "round",
      "aria-pressed": "false",
    });
    return el("div", { class: "modes", role: "group", "aria-label": "How to play" }, speed, mode, this.loopButton);
  }

  #zoomer() {
    const { timeline } = this;
    return el(
      "div",
      { class: "zoomer", role: "group", "aria-label": "Time on the track" },
      this.#button("Show more time", () => timeline.zoomAboutMiddle(2), { text: "−", class: "round" }),
      this.#button("Show less time", () => timeline.zoomAboutMiddle(0.5), { text: "+", class: "round" }),
    );
  }

  /** Show the options, or fold them away, where there is no room for them. */
  unfold(open = !this.element.classList.contains("open")) {
    this.element.classList.toggle("open", open);
    this.more.setAttribute("aria-expanded", open);
  }

  #setLoop(loop) {
    this.timeline.player.loop = loop;
    this.loopButton.setAttribute("aria-pressed", loop);
  }

  /** Tell the window and what is on view in it. */
  show() {
    const { told, timeline } = this;
    const { start, end, periods, extent } = timeline;
    const { incidents, movements } = timeline.app.selection;
    const say = (element, text) => element.textContent === text || (element.textContent = text);
    // Sixty times a second is no news to who listens to it.
    const live = timeline.held || timeline.player.playing ? "off" : "polite";
    if (this.output.getAttribute("aria-live") !== live) this.output.setAttribute("aria-live", live);
    say(told.start, `${short(start)} –`);
    say(told.end, short(end));
    say(told.incidents, count(incidents.count, "incident"));
    say(told.movements, count(movements.numbers.length, "movement"));
    const windows = [...PRESETS.map(([, , days]) => [end - days + 1, end]), [extent.first, extent.last]];
    this.presets.forEach((chip, i) =>
      chip.setAttribute("aria-pressed", windows[i][0] === start && windows[i][1] === end),
    );
    const period = periods.findIndex((named) => named.start === start && named.end === end);
    if (this.periodMenu) this.periodMenu.value = period < 0 ? "" : String(period);
  }

  /** Show whether it plays. */
  showPlayer(playing) {
    const label = playing ? "Pause" : "Play";
    this.playButton.setAttribute("aria-label", label);
    this.playButton.title = `${label} (space)`;
    this.playButton.firstChild.className = `icon icon-${playing ? "pause" : "play"}`;
  }

  /** Name what a bar of the histogram spans. */
  nameSize(name) {
    if (this.sizeName.textContent !== name) this.sizeName.textContent = name;
  }

  get isOpen() {
    return this.element.classList.contains("open");
  }
}
