/** Ids and titles of incidents, fetched by number when they are needed, in batches, and kept. */

import { fetched, whole } from "./files.js";

const BATCH_MS = 20;
const BATCH = 200;
/** A dataset up to this size has all its texts fetched at once, so that a hover never waits. */
const SMALL = 2000;

export class Texts {
  /** @param {string} address which answers with the texts of `rows`, or with all of them @param {number} length incidents */
  constructor(address, length) {
    this.address = address;
    /** @type {Map<number, Promise<[string, string]>>} */
    this.asked = new Map();
    /** @type {Map<number, [string, string]>} */
    this.known = new Map();
    /** @type {{number: number, resolve: (text: [string, string]) => void, reject: (error: unknown) => void}[]} */
    this.waiting = [];
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {Promise<[string, string][]> | undefined} */
    this.all = undefined;
    this.whole = whole(address);
    if (length <= SMALL) this.get([...Array(length).keys()]).catch(() => {});
  }

  /** @param {number} number @returns {{id: string, title: string} | null} null where it has not arrived */
  peek(number) {
    const text = this.known.get(number);
    return text ? { id: text[0], title: text[1] } : null;
  }

  /** @param {number[]} numbers @returns {Promise<{id: string, title: string}[]>} */
  async get(numbers) {
    const texts = await Promise.all(numbers.map((number) => this.#one(number)));
    return texts.map(([id, title]) => ({ id, title }));
  }

  /** @param {number} number @returns {Promise<[string, string]>} */
  #one(number) {
    let text = this.asked.get(number);
    if (!text) {
      text = new Promise((resolve, reject) => this.waiting.push({ number, resolve, reject }));
      text.catch(() => this.asked.delete(number)); // what failed may be asked for again
      this.asked.set(number, text);
      this.timer ??= window.setTimeout(() => this.#send(), BATCH_MS);
    }
    return text;
  }

  #send() {
    this.timer = undefined;
    while (this.waiting.length) this.#fetch(this.waiting.splice(0, BATCH));
  }

  /** @param {typeof this.waiting} batch */
  async #fetch(batch) {
    try {
      const rows = await this.#rows(batch.map(({ number }) => number));
      batch.forEach(({ number, resolve }, i) => {
        this.known.set(number, rows[i]);
        resolve(rows[i]);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  /** The texts of rows by number. @param {number[]} numbers @returns {Promise<[string, string][]>} */
  async #rows(numbers) {
    if (this.whole) {
      this.all ??= fetched(this.address).then((response) => response.json());
      const all = await this.all;
      return numbers.map((number) => all[number]);
    }
    const response = await fetch(`${this.address}?rows=${numbers}`);
    if (!response.ok) throw new Error(`${response.status} for the texts of ${numbers.length} incidents`);
    return response.json();
  }
}

/** What a search looks in: a line a row, of which each word stands after a space; fetched with the first search and kept. */
export class Hay {
  /** @param {string} address @param {{incidents: number, sites: number}} rows how many lines are of each; the rest are movements' */
  constructor(address, rows) {
    this.address = address;
    this.rows = rows;
    /** The incidents' lines. @type {string | null} */
    this.text = null;
    /** @type {string[]} */
    this.sites = [];
    /** @type {string[]} */
    this.movements = [];
    /** Where each line of `text` ends. */
    this.ends = new Int32Array();
    /** @type {Promise<void> | null} */
    this.loading = null;
  }

  /** Fetch it, once. @returns {Promise<void>} */
  load() {
    this.loading ??= fetched(this.address)
      .then((response) => response.text())
      .then((text) => {
        const { incidents, sites } = this.rows;
        const end = incidents ? lineEnds(text)[incidents - 1] : -1;
        const others = text.slice(end + 1).split("\n");
        this.sites = others.slice(0, sites);
        this.movements = others.slice(sites);
        this.text = text.slice(0, Math.max(0, end));
        this.ends = lineEnds(this.text);
      });
    this.loading.catch(() => (this.loading = null));
    return this.loading;
  }

  /** Clear every incident of `pass` in whose line no word begins with `term`; after `load`. @param {Uint8Array} pass @param {string} term */
  keep(pass, term) {
    const { text, ends } = this;
    if (text === null) throw new Error("the text to search in has not been loaded");
    const begun = ` ${term}`;
    const has = new Uint8Array(pass.length);
    let line = 0;
    for (let at = text.indexOf(begun); at >= 0; at = text.indexOf(begun, ends[line])) {
      while (ends[line] <= at) line++;
      has[line] = 1;
      if (ends[line] >= text.length) break;
    }
    for (let i = 0; i < pass.length; i++) pass[i] &= has[i];
  }
}

/** Where each line of a text ends: the number of its line break, the text's length for the last. @param {string} text */
function lineEnds(text) {
  const ends = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) ends.push(at);
  ends.push(text.length);
  return Int32Array.from(ends);
}
