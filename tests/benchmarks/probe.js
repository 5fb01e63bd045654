/**
 * What is measured inside the page. browsing.py runs it with questions to the map that is measured:
 * value() is the window's last day, as days since the first of counts; drawn() is how many incidents are on the map; linked()
 * whether the page's link has that window, where the page has one.
 */
({ host, value, drawn, linked, counts, live }) => {
  const IDLE_MS = 4; // of main thread in a frame: with less, nothing was drawn
  const now = () => performance.timeOrigin + performance.now();
  const when = (event) => event.view.performance.timeOrigin + event.timeStamp;
  const right = () => drawn() === counts[Math.min(value(), counts.length - 1)];

  // Calls `act` at each frame once it is painted: a message comes after the frame's callbacks, layout and paint.
  // It carries its own frame's times: under load the next frame may begin before it comes.
  const watching = new Set();
  const channel = new MessageChannel();
  let running = false;
  const frame = (displayed) => {
    channel.port2.postMessage({ displayed, began: performance.now() });
    running = watching.size > 0;
    if (running) host.requestAnimationFrame(frame);
  };
  channel.port1.onmessage = ({ data }) => [...watching].forEach((act) => act(data));
  const watch = (act) => {
    watching.add(act);
    if (!running) host.requestAnimationFrame(frame);
    running = true;
  };

  const blocks = [];
  new PerformanceObserver((list) => blocks.push(...list.getEntries())).observe({ type: "longtask" });

  const last = {};
  for (const type of ["pointermove", "pointerup"]) {
    host.addEventListener(type, (event) => (last[type] = when(event)), { capture: true, passive: true });
  }
  const app = document.querySelector(".stApp");
  const state = { changed: null, settled: null, frames: [] };

  const measureChange = (before) => {
    let taken = null;
    const look = ({ began }) => {
      const start = last[live ? "pointermove" : "pointerup"];
      if (taken === null) {
        if (start && value() !== before && right()) taken = now() - start;
        return;
      }
      // A map that knows in one frame may draw in the next: then that one counts.
      state.changed = performance.now() - began > IDLE_MS ? now() - start : taken;
      watching.delete(look);
    };
    watch(look);
  };

  const settled = () => app.dataset.testScriptState === "notRunning" && linked();
  const measureSettling = () => {
    const look = () => {
      if (!last.pointerup || !settled()) return;
      state.settled = now() - last.pointerup;
      watching.delete(look);
      observer.disconnect();
    };
    const observer = new MutationObserver(look);
    observer.observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
    watch(look);
  };

  /** Measure from the next change of the window on: `changed` is when the map shows it, `settled` the page. */
  const arm = () => {
    Object.assign(state, { changed: null, settled: null });
    delete last.pointermove;
    delete last.pointerup;
    measureChange(value());
    if (linked) measureSettling();
  };

  const note = ({ displayed, began }) => state.frames.push([displayed, performance.now() - began, drawn()]);
  const record = () => {
    state.frames = [];
    blocks.length = 0;
    watch(note);
  };
  const recorded = () => {
    watching.delete(note);
    return { frames: state.frames, blocks: blocks.map((entry) => entry.duration) };
  };
  window.benchmark = { arm, record, recorded, state, right, settled };
}
