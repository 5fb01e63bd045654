/**
 * The canvases above the basemap: held areas, places by their precision, movements, sites, incidents and their names. Redrawn
 * whole with every frame in which something changed; what it costs is bounded by the screen, not by the rows.
 *
 * It is longer than other modules, as it is one class: the order of drawing and the canvases that are drawn on; how each kind
 * of mark is drawn stands in the modules beside it.
 *
 * @typedef {ReturnType<typeof import("../data/dataset.js").readDataset>} Data
 * @typedef {ReturnType<typeof import("../data/select.js").select>} Selection
 * @typedef {import("../data/posture.js").SiteState} SiteState
 * @typedef {import("./style.js").Palette} Palette
 *
 * @typedef {object} Row a row of the data, by its number in its table
 * @property {"site" | "incident" | "movement"} type
 * @property {number} number -1 where the table has no such row
 *
 * @typedef {object} Hit what answers to the pointer within `reach` pixels of a point, the lowest `rank` first
 * @property {Row["type"]} type
 * @property {number} x
 * @property {number} y
 * @property {number} reach
 * @property {number} rank
 * @property {() => Row[]} rows
 * @property {import("../compare/halves.js").Half} [within] the part of the map in which it answers
 *
 * @typedef {object} SceneView what is to be shown
 * @property {Selection} selection
 * @property {SiteState[]} states by site
 * @property {import("../data/levels.js").Levels} levels which rows are told in full
 * @property {Row | null | undefined} selected
 * @property {import("./rivals.js").Rival[]} rivals of what is selected: where other sources say that it led, or lies
 * @property {Row | null | undefined} pointed what the pointer is on elsewhere on the page
 * @property {Palette} palette
 * @property {number} end the window's last day
 * @property {boolean} named whether places are named: a street map names its own
 * @property {string} marks "changes" where squares tell what the window did to them, "compare" on a half of a compared map
 * @property {import("../compare/halves.js").Compared | null} compared
 * @property {boolean} letters whether squares bear the letters of who holds them
 * @property {"" | "en" | "ar"} lang
 */

import { halves } from "../compare/halves.js";
import { gatherPlaces } from "../data/places.js";
import { Areas } from "./areas.js";
import { Fan } from "./fan.js";
import { HeldAreas } from "./held_areas.js";
import { Incidents } from "./incidents.js";
import { Labels, measureCovered } from "./labels.js";
import { Movements } from "./movements.js";
import { legible, pale } from "./palette.js";
import { PlaceNames } from "./place_names.js";
import { Rivals } from "./rivals.js";
import { Sites } from "./sites.js";
import { Stamps } from "./stamps.js";
import { animated, contextOf, outlined, polylines } from "./style.js";
import { Symbols } from "./symbols.js";
import { TextCache } from "./text.js";
import { canvasFont, fontOf, textScale } from "./textsize.js";

const DEGREES = { size: 10.5, edge: 6 }; // pixels: the graticule's letters, and how far they are from the map's edge
const POINTED = 13; // pixels: the radius of the ring about what the pointer is on elsewhere on the page

/** A site's name on the map: without what stands in brackets, which its card tells. @param {string} name */
const brief = (name) => name.replace(/ \(.*\)$/, "");

export class Scene {
  /** @param {import("leaflet").Map} map @param {Data} data @param {import("./place_names.js").PlaceName[]} names the basemap's */
  constructor(map, data, names) {
    this.map = map;
    this.data = data;
    /** @type {import("./style.js").Style} */
    this.style = data.style;
    /** @type {string[]} of the sites */
    this.names = data.sites.name.map(brief);
    this.textScale = textScale();
    this.fonts = this.#fonts();
    this.texts = new TextCache(this.style.labels.halo);
    this.texts.resize(this.textScale);
    this.symbols = new Symbols(data.shapes, this.style.incidents.edge);
    const { places, ofSite, ofIncident, x, y } = gatherPlaces(data);
    this.places = places;
    this.ofSite = ofSite;
    this.ofIncident = ofIncident;
    this.x = x;
    this.y = y;
    const pane = map.createPane("scene");
    pane.style.zIndex = "450";
    this.held = new HeldAreas(this, L.DomUtil.create("canvas", "scene leaflet-zoom-animated", pane));
    this.stamps = new Stamps(L.DomUtil.create("canvas", "scene leaflet-zoom-animated", pane));
    this.canvas = L.DomUtil.create("canvas", "scene leaflet-zoom-animated", pane);
    this.context = contextOf(this.canvas);
    this.size = map.getSize();
    this.corner = map.containerPointToLatLng([0, 0]);
    this.zoom = 0;
    this.scale = 1;
    /** @type {[number, number]} */
    this.origin = [0, 0];
    /** @type {Hit[]} */
    this.hits = [];
    this.labels = new Labels(this.context, this.texts, this.style, this.style.palettes.light, this.size);
    this.fan = new Fan(this);
    this.incidents = new Incidents(this);
    this.sites = new Sites(this);
    this.movements = new Movements(this);
    this.areas = new Areas(this);
    this.rivals = new Rivals(this);
    this.placeNames = new PlaceNames(this, names);
    /** @type {import("./graticule.js").Graticule | null} whose degrees are written */
    this.graticule = null;
    /** Colours as they are on the land, by colour, land, and whether they are told in full. @type {Map<string, string>} */
    this.inks = new Map();
    /** @type {number | null} the frame in which it is drawn next */
    this.frame = null;
    /** From show() on: nothing is drawn before. */
    this.view = /** @type {SceneView} */ (/** @type {unknown} */ (null));
    /** How each of the style's layers is drawn. @type {Record<string, () => void>} */
    this.layers = {
      areas: () => this.areas.draw(),
      movements: () => this.movements.draw(),
      sites: () => this.sites.draw(),
      incidents: () => this.incidents.draw(this.stamps),
      rivals: () => this.rivals.draw(),
      "site names": () => this.sites.name(true),
      "end names": () => this.movements.nameEnds(),
      "movement signs": () => this.movements.drawSigns(),
      regions: () => this.incidents.drawRegions(),
      "pale names": () => this.sites.name(false),
      "place names": () => this.view.named && this.placeNames.draw(),
    };
    // Where text is larger the bars about the map are too, so that the map's size tells of it.
    map.on("resize", () => this.#resizeText());
    // The scale bar has another width by then; told by its observer, a frame later, it would have all drawn a second time.
    map.on("resize zoomend", measureCovered);
    map.on("move resize viewreset zoomend", () => this.redraw());
    map.on("zoomstart", () => this.fan.close());
    map.on("zoomanim", (event) => this.#animate(event));
  }

  #fonts() {
    const { fonts } = this.style.labels;
    return {
      strong: fontOf(fonts.strong),
      plain: fontOf(fonts.plain),
      area: fontOf(fonts.area),
      country: fontOf(fonts.country),
      count: fontOf(fonts.count),
      degrees: canvasFont(DEGREES.size),
    };
  }

  #resizeText() {
    this.textScale = textScale();
    this.texts.resize(this.textScale);
    this.fonts = this.#fonts();
  }

  /** Show a view now. @param {SceneView} view */
  show(view) {
    this.view = view;
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.frame = null;
    this.draw();
  }

  /** Draw with the next frame. */
  redraw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.view) this.draw();
    });
  }

  draw() {
    this.#fit();
    const { context, size, view } = this;
    context.clearRect(0, 0, size.x, size.y);
    /** @type {Hit[]} */
    const hits = [];
    const parts = halves(view, size.x);
    this.held.draw(parts);
    for (const half of parts) {
      this.view = half.view;
      this.#drawHalf(half);
      for (const hit of this.hits) hits.push(view.compared ? { ...hit, within: half } : hit);
    }
    this.view = view;
    this.hits = hits;
  }

  /** Draw the part of the map between two edges. @param {import("../compare/halves.js").Half} half */
  #drawHalf({ view, left, right }) {
    const { context, size } = this;
    this.hits = [];
    if (view.compared) {
      const [from, to] = [Math.max(0, left), Math.min(size.x, right)];
      context.save();
      context.beginPath();
      context.rect(from, 0, to - from, size.y);
      context.clip();
    }
    this.labels = new Labels(context, this.texts, this.style, view.palette, size);
    this.sites.crowd.gather();
    this.incidents.gather();
    this.movements.gather();
    for (const layer of this.style.layers) this.layers[layer]();
    this.#writeDegrees();
    this.fan.draw();
    const pointed = view.pointed && this.where(view.pointed);
    if (pointed) this.ring(pointed[0], pointed[1], POINTED);
    if (view.compared) context.restore();
  }

  /** Write the graticule's degrees along the edges, where nothing else is. */
  #writeDegrees() {
    const { labels, size, view, fonts } = this;
    const style = { font: fonts.degrees, colour: view.palette.label };
    for (const { text, along, at } of this.graticule?.degrees() ?? []) {
      if (along === "top") labels.near(text, at, DEGREES.edge + labels.half, style, 0);
      else labels.near(text, size.x - DEGREES.edge - labels.width(text, style) / 2, at, style, 0);
    }
  }

  /**
   * Where a row is on the map, in pixels; a movement at the middle of its line; null where it has no place.
   * @param {Row} row @returns {[number, number] | null}
   */
  where({ type, number }) {
    if (type === "movement") return this.movementPath(number)?.points[12] ?? null;
    if (type === "incident") {
      const spot = this.hits.find((hit) => hit.type === "incident" && hit.rows().some((row) => row.number === number));
      if (spot) return [spot.x, spot.y]; // one of a region stands beside it
      return Number.isNaN(this.x[number]) ? null : this.point([this.x[number], this.y[number]]);
    }
    const place = this.places[this.ofSite[number]];
    return place ? this.point([place.x, place.y]) : null;
  }

  /** A movement's arrow on the screen as it is now. @param {number} m */
  movementPath(m) {
    return this.movements.path(m);
  }

  /** Put the canvases over the map as it is now. */
  #fit() {
    const { map, context, canvas } = this;
    const size = map.getSize();
    const ratio = devicePixelRatio;
    if (canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio)) {
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
    }
    const corner = map.containerPointToLayerPoint([0, 0]);
    for (const one of [canvas, this.stamps.canvas, this.held.canvas]) {
      one.style.width = `${size.x}px`;
      one.style.height = `${size.y}px`;
      L.DomUtil.setPosition(one, corner);
    }
    this.corner = map.containerPointToLatLng([0, 0]);
    this.size = size;
    this.zoom = map.getZoom();
    this.scale = 2 ** this.zoom;
    const { x, y } = /** @type {import("leaflet").Point} */ (map.getPixelBounds().min);
    this.origin = [x, y];
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /**
   * What is at a point of the map, nearest and topmost first: each with the rows that one symbol stands for, and with
   * the stamped incident where incidents are stamped. Of a crowd the sites of a square.
   * @param {number} x @param {number} y
   * @returns {{rows: Row[], x: number, y: number, stamped?: number}[]}
   */
  at(x, y) {
    /** @type {{rows: Row[], x: number, y: number, stamped?: number}[]} */
    const near = this.hits
      .map((hit) => ({ hit, far: Math.hypot(hit.x - x, hit.y - y) - hit.reach }))
      .filter(({ hit, far }) => far <= 0 && x >= (hit.within?.left ?? x) && x < (hit.within?.right ?? Infinity))
      .sort((a, b) => a.hit.rank - b.hit.rank || a.far - b.far)
      .map(({ hit }) => ({ rows: hit.rows(), x: hit.x, y: hit.y }));
    const stamped = this.incidents.nearest(x, y);
    if (stamped >= 0) near.push({ rows: [{ type: "incident", number: stamped }], x, y, stamped });
    const crowd = this.sites.crowd.at(x, y).map((number) => /** @type {Row} */ ({ type: "site", number }));
    if (crowd.length) near.push({ rows: crowd, x, y });
    return near;
  }

  /** The held area at a point of the map where nothing else is, by its number; -1 for none. @param {number} x @param {number} y */
  areaAt(x, y) {
    const { compared, selection } = this.view;
    const first = compared && x < (this.size.x * compared.at) / 100;
    return this.held.at(x, y, first ? compared.areas : selection.areas);
  }

  /** From the world's square to pixels. @param {[number, number]} at @returns {[number, number]} */
  point([x, y]) {
    return [x * this.scale - this.origin[0], y * this.scale - this.origin[1]];
  }

  /** @param {[number, number]} point @param {number} [margin] */
  onScreen([x, y], margin = this.style.margin) {
    return x > -margin && y > -margin && x < this.size.x + margin && y < this.size.y + margin;
  }

  /** Whether a site is on view and has a symbol of its own. @param {number} s */
  isMarked(s) {
    if (this.sites.crowd.here && !this.isSelected("site", s)) return false;
    return this.data.sites.precision[s] !== "undisclosed" && this.view.selection.sites.includes(s);
  }

  /** @param {Row["type"]} type @param {number} number */
  isSelected(type, number) {
    const { selected } = this.view;
    return selected?.type === type && selected.number === number;
  }

  /** Whether a row is told in full, or steps back. @param {Row["type"]} type @param {number} number */
  isFull(type, number) {
    return this.view.levels[type](number) || this.isSelected(type, number);
  }

  /** A colour on the land: of what steps back as pale as it may be. @param {string} colour @param {boolean} full */
  ink(colour, full) {
    const { land } = this.view.palette;
    const key = `${colour} ${land} ${full}`;
    let found = this.inks.get(key);
    if (!found) {
      found = full ? legible(colour, land) : pale(colour, land, this.style.pale.contrast);
      this.inks.set(key, found);
    }
    return found;
  }

  /** The strength of what is sure, or only possible. @param {boolean} sure @param {boolean} full */
  strength(sure, full) {
    return sure ? 1 : full ? this.style.possible : this.style.pale.possible;
  }

  /** A force's colour on the land. @param {number} force its number, -1 for none @param {boolean} [full] */
  forceColour(force, full = true) {
    return this.ink(this.data.forces[force]?.colour ?? this.style.nobody, full);
  }

  /** The ring about what is selected. @param {number} x @param {number} y @param {number} reach */
  ring(x, y, reach) {
    const { context, view } = this;
    const [width, halo] = this.style.ring;
    context.beginPath();
    context.arc(x, y, reach, 0, 2 * Math.PI);
    context.lineWidth = halo;
    context.strokeStyle = view.palette.halo;
    context.stroke();
    context.lineWidth = width;
    context.strokeStyle = view.palette.outline;
    context.stroke();
  }

  /** A small text over what it counts. @param {number | string} text @param {number} x @param {number} y */
  badge(text, x, y) {
    const { halo, strong } = this.view.palette;
    this.texts.write(this.context, text.toLocaleString("en-GB"), x, y, {
      font: this.fonts.count,
      colour: strong,
      halo,
    });
  }

  /**
   * Whether sources disagree on a row of sites, incidents or movements.
   * @param {{facets: Record<string, import("../data/dataset.js").Facet>}} table @param {number} number
   */
  isDisputed({ facets }, number) {
    const { codes, combos } = facets.disputed;
    return combos[codes[number]].length > 0;
  }

  /** The sign that sources disagree, about (x, y). @param {number} x @param {number} y */
  dispute(x, y) {
    const { context, style, view, labels } = this;
    const { reach, halo, strokes, width } = style.sign;
    context.beginPath();
    context.arc(x, y, reach, 0, 2 * Math.PI);
    context.fillStyle = view.palette.label;
    context.fill();
    context.strokeStyle = view.palette.halo;
    context.lineWidth = halo;
    context.stroke();
    polylines(context, strokes, x, y);
    context.lineWidth = width;
    context.stroke();
    labels.reserve(x, y, reach);
  }

  /**
   * A line, dotted unless it is another, from a symbol to the place it belongs to.
   * @param {number} fromX @param {number} fromY @param {number} toX @param {number} toY
   * @param {import("./style.js").Outline} [line] @param {string} [colour]
   */
  leader(fromX, fromY, toX, toY, line = this.style.leader, colour = this.view.palette.label) {
    const { context } = this;
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
    outlined(context, line, colour, () => context.stroke());
  }

  /** The dot of a town, or of a site that filters hide. @param {number} x @param {number} y */
  dot(x, y) {
    const { context, view } = this;
    context.beginPath();
    context.arc(x, y, this.style.basemap.dot, 0, 2 * Math.PI);
    context.fillStyle = view.palette.label;
    context.fill();
  }

  /** @param {import("leaflet").ZoomAnimEvent} event */
  #animate({ zoom, center }) {
    const { map } = this;
    const scale = map.getZoomScale(zoom, this.zoom);
    const offset = animated(map)._latLngToNewLayerPoint(this.corner, zoom, center);
    for (const canvas of [this.canvas, this.stamps.canvas, this.held.canvas])
      L.DomUtil.setTransform(canvas, offset, scale);
  }
}
