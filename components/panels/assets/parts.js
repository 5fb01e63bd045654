/** The parts of the page as Streamlit has mounted them, by key, and what they show: Python's documents, or newer ones. */

/**
 * @typedef {import("./mount.js").Component} Component
 * @typedef {import("./elements.js").MarkupNode} MarkupNode
 * @typedef {{nodes: MarkupNode[]} & Record<string, any>} PartDocument panels/elements.py's Document
 *
 * @typedef {object} Module what shows a part, such as mount.js
 * @property {(component: Component, nodes: MarkupNode[]) => void} show
 * @property {(component: Component) => void} [gone]
 *
 * @typedef {{component: Component, module: Module, newer: boolean}} Part `newer`: it may show something else than Python's document
 */

/** @type {Map<string, Part>} */
const parts = new Map();

/**
 * Show a part as Python says, and tell the page of it; called whenever it says something else of it.
 * @param {Component} component
 * @param {Module} module
 * @returns {() => void} what is to be called when it is gone
 */
export function mount(component, module) {
  const key = String(component.data.key);
  parts.set(key, { component, module, newer: false });
  module.show(component, component.data.nodes);
  dispatchEvent(new CustomEvent("laydown:said", { detail: key }));
  return () => {
    if (parts.get(key)?.component === component) parts.delete(key);
    module.gone?.(component);
  };
}

/** What Python has said last of a part; undefined where it is not on the page. @param {string} key */
export function saidOf(key) {
  return parts.get(key)?.component.data;
}

/** Show other documents than Python's, of those parts that are on the page. @param {Record<string, PartDocument>} documents */
export function fill(documents) {
  for (const [key, document] of Object.entries(documents)) {
    const part = parts.get(key);
    if (!part) continue;
    const { component, module } = part;
    part.newer = true;
    module.show({ ...component, data: { ...component.data, ...document } }, document.nodes);
  }
}

/** The visitor goes to another window, which some parts follow at once, and others when they are filled. */
export function left() {
  for (const part of parts.values()) part.newer = true;
}

/** Show again what Python has said last. */
export function restore() {
  for (const part of parts.values()) {
    if (!part.newer) continue;
    part.newer = false;
    part.module.show(part.component, part.component.data.nodes);
  }
}
