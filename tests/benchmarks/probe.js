/**
 * What is measured inside the page. browsing.py runs it with two questions to the map that is measured:
 * value() is the window's last day, as days since the first of counts; drawn() is how many incidents are on the map.
 */
({ host, value, drawn, counts, live }) => {
  const IDLE_MS = 4; // of main thread in a frame: with less, nothing was drawn
  const now = () => performance.timeOrigin + performance.now();
  const when = (event) => event.view.performance.timeOrigin + event.timeStamp;
  const right = () => drawn() === counts[Math.min(value(), counts.length - 1)];

  // Calls `act` at each frame once it is painted: a message comes after the frame's callbacks, layout and paint.
  const watching = new Set();
  const channel = new MessageChannel();
  let began = 0;
  let displayed = 0;
  const frame = (time) => {
    displayed = time;
    began = performance.now();
    channel.port2.postMessage(0);
    if (watching.size) host.requestAnimationFrame(frame);
  };
  channel.port1.onmessage = () => [...watching].forEach((act) => act());
  const watch = (act) => {
    watching.add(act);
    if (watching.size === 1) host.requestAnimationFrame(frame);
  };

  const blocks = [];
  new PerformanceObserver((list) => blocks.push(...list.getEntries())).observe({ type: "longtask" });

  const last = {};
  for (const type of ["pointermove", "pointerup"]) {
    host.addEventListener(type, (event) => (last[type] = when(event)), { capture: true, passive: true });
  }
  const app = document.querySelector(".stApp");
  const state = { changed: null, settled: null, frames: [] };

  /** Measure from the next change of the window on: `changed` is when the map shows it, `settled` the page. */
  const arm = () => {
    const before = value();
    const to = () => new URLSearchParams(location.search).get("to");
    const link = to();
    Object.assign(state, { changed: null, settled: null });
    delete last.pointermove;
    delete last.pointerup;
    let taken = null;
    const changed = () => {
      const start = last[live ? "pointermove" : "pointerup"];
      if (taken === null) {
        if (start && value() !== before && right()) taken = now() - start;
        return;
      }
      // A map that knows in one frame may draw in the next: then that one counts.
      state.changed = performance.now() - began > IDLE_MS ? now() - start : taken;
      watching.delete(changed);
    };
    watch(changed);
    if (!app) return;
    const ran = new MutationObserver(() => {
      if (to() === link || app.dataset.testScriptState !== "notRunning" || !last.pointerup) return;
      ran.disconnect();
      state.settled = now() - last.pointerup;
    });
    ran.observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
  };

  const note = () => state.frames.push([displayed, performance.now() - began, drawn()]);
  const record = () => {
    state.frames = [];
    blocks.length = 0;
    watch(note);
  };
  const recorded = () => {
    watching.delete(note);
    return { frames: state.frames, blocks: blocks.map((entry) => entry.duration) };
  };
  window.probe = { arm, record, recorded, state, right };
}
