/**
 * Files, as they are fetched. A page on a disk may fetch nothing but data: addresses: what it needs lies in scripts, each of
 * which adds one file, gzipped, to `laydownFiles` (components/site/files.py). Such a file's address is "script:" and the
 * script's.
 */

const SCRIPT = "script:";
const ZIPPED = "data:application/gzip";

/** Whether an address holds a file whole, so that it cannot be asked for a part of it. @param {string} address */
export const whole = (address) => address.startsWith("data:") || address.startsWith(SCRIPT);

/**
 * Fetch a file; an Error says why it cannot be had, and has an answer's status as its cause.
 * @param {string} address
 * @returns {Promise<Response>}
 */
export async function fetched(address) {
  const held = address.startsWith(SCRIPT) ? await heldBy(address.slice(SCRIPT.length)) : address;
  const response = await fetch(held);
  if (!response.ok)
    throw new Error(`${response.status} ${response.statusText} for ${address}`, { cause: response.status });
  if (!held.startsWith(ZIPPED) || !response.body) return response;
  return new Response(response.body.pipeThrough(new DecompressionStream("gzip")));
}

/** The data: address of the file that a script holds. @param {string} source the script's address */
async function heldBy(source) {
  const files = (window.laydownFiles ??= {});
  if (!(source in files)) await loaded(source);
  if (!(source in files)) throw new Error(`${source} does not hold what it should`);
  return files[source];
}

/** Run a script. @param {string} source @returns {Promise<void>} */
function loaded(source) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = source;
    script.addEventListener("load", () => done());
    script.addEventListener("error", () => failed(new Error(`${source} could not be loaded`)));
    document.head.append(script);
  });
}
