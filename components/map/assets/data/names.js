/** Names as people type them: catalog/names.py's fold(), so that a search need not wait for Python. A test holds the two together. */

/** The Arabic article and its assimilated forms, at the start of a word; in Latin letters written apart. */
const ARTICLE =
  /(?<![\p{L}\p{N}])(?:(?:al|ar|as|ash|at|ath|ad|adh|an|az|el) (?=[\p{L}\p{N}])|ال(?=[\p{L}\p{N}]{2}))+/gu;
const APOSTROPHES = /['’‘ʼʻʿʾ`´]/g;
/** What is not seen: accents once they stand apart, direction marks and joiners, the line that lengthens Arabic words. */
const UNSEEN = /[\p{Mn}\p{Cf}ـ]/gu;
const OTHER = /[^\p{L}\p{N}]+/gu;
/** Letters that NFKD leaves alone and that people write either way. @type {Record<string, string>} */
const ALIKE = { أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ى: "ي", ة: "ه", ی: "ي", ک: "ك", ı: "i", ø: "o", ς: "σ" };
const LETTERS = new RegExp(`[${Object.keys(ALIKE).join("")}]`, "g");

/** @param {string} text */
const alike = (text) => text.replace(LETTERS, (letter) => ALIKE[letter]);

/** Fold a name for comparison: no diacritics, case, punctuation or Arabic article; words kept apart. @param {string} text */
export function fold(text) {
  const bare = alike(text).replace(APOSTROPHES, "").normalize("NFKD").replace(UNSEEN, "");
  const lower = alike(bare.toUpperCase().toLowerCase()).replace(APOSTROPHES, "");
  return lower.replace(OTHER, " ").replace(ARTICLE, "").trim();
}

/** The words of a search, folded, each once. @param {string} search @returns {string[]} */
export function terms(search) {
  return [...new Set(fold(search).split(" ").filter(Boolean))];
}

/**
 * What a place is called on the map: its name, and the line under it.
 * @param {string} name @param {string} arabic "" where it is not known @param {""|"en"|"ar"} lang "": both, where there is room
 * @param {boolean} roomy @returns {[string, string]}
 */
export function called(name, arabic, lang, roomy) {
  if (lang === "ar") return [arabic || name, ""];
  return [name, lang === "" && roomy ? arabic : ""];
}
