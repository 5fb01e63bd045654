/** Long work in slices, so that frames come between: a generator that yields now and then, and returns what it has made. */

/** How long a slice may take, in milliseconds: about half a frame. */
const SLICE_MS = 8;

/**
 * All of it now.
 * @template T @param {Generator<void, T>} work @returns {T}
 */
export function atOnce(work) {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

/**
 * All of it in slices.
 * @template T
 * @param {Generator<void, T>} work
 * @param {() => boolean} wanted whether it still is; asked between two slices
 * @returns {Promise<T | null>} null where it no longer was
 */
export async function inSlices(work, wanted) {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    let step = work.next();
    while (!step.done && performance.now() < until) step = work.next();
    if (step.done) return step.value;
    await new Promise((next) => setTimeout(next));
    if (!wanted()) return null;
  }
}
