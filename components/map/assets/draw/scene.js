/**
 * The canvases above the basemap: places by their precision, movements, sites, incidents and their names. Redrawn
 * whole with every frame in which something changed; what it costs is bounded by the screen, not by the rows.
 */

import { called } from "../data/names.js";
import { gatherPlaces, pixelsPerKm, world } from "../data/places.js";
import { arrowPath, drawArrow, moveColour } from "./arrows.js";
import { Incidents } from "./incidents.js";
import { Labels } from "./labels.js";
import { legible } from "./palette.js";
import { SITE, Sites } from "./sites.js";
import { Stamps } from "./stamps.js";
import { Symbols } from "./symbols.js";
import { TextCache } from "./text.js";
import { canvasFont, textScale } from "./textsize.js";

/** From which zoom on towns of a population are named. */
const TOWN_ZOOM = [
  [300_000, 5],
  [100_000, 6.5],
  [40_000, 7.5],
  [0, 8.5],
];
const ARABIC_ZOOM = 9;
/** The points of a movement's line, of 25, where its sign may stand: the first that is free. */
const SIGNED = [12, 10, 14, 8, 16, 6, 18, 4, 20, 2, 22];
const WIDE = 60; // pixels: an area that covers much of the map must not weigh on it

/** A site's name on the map: without what stands in brackets, which its card tells. */
const brief = (name) => name.replace(/ \(.*\)$/, "");

export class Scene {
  constructor(map, data, labels) {
    this.map = map;
    this.data = data;
    this.names = data.sites.name.map(brief);
    this.towns = labels.map((label) => ({ ...label, at: world(label.lat, label.lon) }));
    this.symbols = new Symbols(data.shapes);
    this.lettering = new TextCache();
    Object.assign(this, gatherPlaces(data));
    this.incidents = new Incidents(this);
    this.sites = new Sites(this);
    this.#letter();
    this.hits = [];
    const pane = map.createPane("scene");
    pane.style.zIndex = "450";
    this.stamps = new Stamps(L.DomUtil.create("canvas", "scene leaflet-zoom-animated", pane));
    this.canvas = L.DomUtil.create("canvas", "scene leaflet-zoom-animated", pane);
    this.context = this.canvas.getContext("2d");
    // Where text is larger the bars about the map are too, so that the map's size tells of it.
    map.on("resize", () => this.#letter());
    map.on("move resize viewreset zoomend", () => this.redraw());
    map.on("zoomstart", () => this.incidents.openFan([]));
    map.on("zoomanim", (event) => this.#animate(event));
  }

  #letter() {
    this.textScale = textScale();
    this.lettering.resize(this.textScale);
    this.count = canvasFont(10, "600");
    this.bold = canvasFont(12.5, "600");
    this.spaced = canvasFont(13, "600");
    this.plain = canvasFont(11.5);
    this.italic = canvasFont(11.5, "italic 400");
  }

  /** Show {selection, states, selected, palette, end, pointed, named}: what select() and siteStates() returned, and how. */
  show(view) {
    this.view = view;
    cancelAnimationFrame(this.frame);
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
    this.hits = [];
    const { context, size } = this;
    context.clearRect(0, 0, size.x, size.y);
    this.labels = new Labels(context, this.lettering, this.view.palette, size);
    this.incidents.gather();
    this.paths = new Map(this.view.selection.movements.numbers.map((m) => [m, this.movementPath(m)]));
    this.#drawAreas();
    this.#drawMovements();
    this.sites.draw();
    this.incidents.draw(this.stamps);
    this.sites.name();
    this.#nameEnds();
    this.#signMovements();
    this.incidents.drawRegions();
    if (this.view.named) {
      this.#nameCountries();
      this.#nameTowns();
    }
    this.incidents.drawFan();
    const pointed = this.view.pointed && this.where(this.view.pointed);
    if (pointed) this.ring(...pointed, 13);
  }

  /** Where a row is on the map, in pixels; a movement at the middle of its line; null where it has no place. */
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
    for (const one of [canvas, this.stamps.canvas]) {
      one.style.width = `${size.x}px`;
      one.style.height = `${size.y}px`;
      L.DomUtil.setPosition(one, corner);
    }
    this.corner = map.containerPointToLatLng([0, 0]);
    this.size = size;
    this.zoom = map.getZoom();
    this.scale = 2 ** this.zoom;
    const { x, y } = map.getPixelBounds().min;
    this.origin = [x, y];
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /**
   * What is at a point of the map, nearest and topmost first, as {type, number}; `group` where one symbol stands for
   * several incidents.
   */
  at(x, y) {
    const near = this.hits
      .map((hit) => ({ hit, far: Math.hypot(hit.x - x, hit.y - y) - hit.reach }))
      .filter(({ far }) => far <= 0)
      .sort((a, b) => a.hit.rank - b.hit.rank || a.far - b.far)
      .map(({ hit }) => ({ rows: hit.rows(), x: hit.x, y: hit.y }));
    const stamped = this.incidents.nearest(x, y);
    if (stamped >= 0) near.push({ rows: [{ type: "incident", number: stamped }], x, y, stamped });
    return near;
  }

  point([x, y]) {
    return [x * this.scale - this.origin[0], y * this.scale - this.origin[1]];
  }

  onScreen([x, y], margin = 40) {
    return x > -margin && y > -margin && x < this.size.x + margin && y < this.size.y + margin;
  }

  /** Whether a site is on view and has a square. */
  isMarked(s) {
    return this.data.sites.precision[s] !== "undisclosed" && this.view.selection.sites.includes(s);
  }

  forceColour(force) {
    return legible(this.data.forces[force]?.colour ?? "#8d8778", this.view.palette.land);
  }

  ring(x, y, reach) {
    const { context, view } = this;
    context.beginPath();
    context.arc(x, y, reach, 0, 2 * Math.PI);
    context.lineWidth = 4;
    context.strokeStyle = view.palette.halo;
    context.stroke();
    context.lineWidth = 2;
    context.strokeStyle = view.palette.outline;
    context.stroke();
  }

  /** A small text over what it counts. */
  badge(text, x, y) {
    const { halo, strong } = this.view.palette;
    this.lettering.write(this.context, String(text), x, y, { font: this.count, colour: strong, halo });
  }

  /** Whether sources disagree on a row of sites, incidents or movements. */
  isDisputed({ facets }, number) {
    const { codes, combos } = facets.disputed;
    return combos[codes[number]].length > 0;
  }

  /** The sign that sources disagree, beginning at (x, y). */
  dispute(x, y) {
    const { halo, strong } = this.view.palette;
    this.lettering.write(this.context, "≠", x, y, { font: this.bold, colour: strong, halo });
  }

  /** A dotted line from a symbol to the place it belongs to. */
  leader(fromX, fromY, toX, toY) {
    const { context, view } = this;
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
    context.strokeStyle = view.palette.label;
    context.lineWidth = 1;
    context.setLineDash([1, 4]);
    context.stroke();
    context.setLineDash([]);
  }

  /** A dashed frame about symbols that have no point of their own. */
  outline(left, top, width, height) {
    const { context, view } = this;
    context.beginPath();
    context.roundRect(left, top, width, height, height / 2);
    context.globalAlpha = 0.75;
    context.fillStyle = view.palette.land;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = view.palette.label;
    context.lineWidth = 1;
    context.setLineDash([2, 3]);
    context.stroke();
    context.setLineDash([]);
  }

  #animate({ zoom, center }) {
    const scale = this.map.getZoomScale(zoom, this.zoom);
    const offset = this.map._latLngToNewLayerPoint(this.corner, zoom, center);
    for (const canvas of [this.canvas, this.stamps.canvas]) L.DomUtil.setTransform(canvas, offset, scale);
  }

  /** The circles within which imprecise places lie, one for each place, precision and radius. */
  #drawAreas() {
    const { data, view } = this;
    const areas = new Map();
    const add = (at, lat, precision, radius, wanted, site) => {
      if (precision === "site" || !precision) return;
      const key = `${at.map((unit) => unit.toFixed(3))} ${precision} ${radius}`;
      const area = areas.get(key) ?? { at, lat, precision, radius, wanted: false, site };
      area.wanted ||= wanted;
      areas.set(key, area);
    };
    const { selected } = view;
    for (const s of view.selection.sites) {
      const { status } = view.states[s];
      if (status === "unknown" || status === "former" || this.ofSite[s] < 0) continue;
      const { x, y, lat } = this.places[this.ofSite[s]];
      const wanted = selected?.type === "site" && selected.number === s;
      add([x, y], lat, data.sites.precision[s], data.sites.radius[s], wanted, s);
    }
    const { incidents } = data;
    for (const i of this.incidents.located) {
      const wanted = selected?.type === "incident" && selected.number === i;
      add([this.x[i], this.y[i]], incidents.lat[i], incidents.precision(i), incidents.radius(i), wanted, -1);
    }
    for (const [m, path] of this.paths) {
      const wanted = selected?.type === "movement" && selected.number === m;
      [data.movements.origin, data.movements.destination].forEach(({ lat, lon, precision, radius }, n) => {
        if (path?.vague[n] && lat[m] !== null && (path.rims[n] || wanted))
          add(world(lat[m], lon[m]), lat[m], precision[m], radius[m], wanted, -1);
      });
    }
    for (const area of areas.values()) this.#drawArea(area);
  }

  #drawArea({ at, lat, precision, radius, wanted, site }) {
    const { context, view } = this;
    const [x, y] = this.point(at);
    const reach = radius * pixelsPerKm(lat, this.zoom);
    if (reach < SITE / 2 + 2 || !this.onScreen([x, y], reach)) return;
    const secret = precision === "undisclosed";
    const state = secret && site >= 0 ? view.states[site] : null;
    const wide = precision === "country" || reach > WIDE;
    const colour = state ? this.forceColour(state.force >= 0 ? state.force : state.previous) : view.palette.label;
    context.beginPath();
    context.arc(x, y, reach, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.globalAlpha = wanted
      ? wide && !secret
        ? 0.06
        : 0.16
      : secret && state?.force >= 0
        ? 0.1
        : wide
          ? 0.02
          : 0.07;
    context.fill();
    context.globalAlpha = wanted ? 0.9 : secret ? 0.8 : 0.35;
    context.strokeStyle = colour;
    context.lineWidth = wanted || secret ? 1.5 : 1;
    context.setLineDash(secret ? [6, 4] : wide ? [2, 5] : []);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  #drawMovements() {
    const { selected, selection } = this.view;
    const { numbers, sure } = selection.movements;
    const dimmed = selected?.type === "movement";
    this.disputed = [];
    numbers.forEach((m, n) => {
      const path = this.paths.get(m);
      if (!path?.points.some((point) => this.onScreen(point))) return;
      const rows = this.data.movements;
      const chosen = dimmed && selected.number === m;
      drawArrow(this.context, path, {
        colour: moveColour(this.data, m, this.view.palette.land),
        halo: this.view.palette.halo,
        line: this.data.lines[rows.moved[m]],
        widths: this.data.widths,
        moved: rows.high[m] ?? rows.low[m] ?? 0,
        range: rows.low[m] !== null && rows.high[m] !== null && rows.low[m] !== rows.high[m],
        strength: (sure[n] ? 1 : 0.45) * (chosen || !dimmed ? 1 : 0.5),
        selected: chosen,
        progress: progress(rows, m, this.view.end),
      });
      if (this.isDisputed(rows, m)) this.disputed.push(path.points);
      for (const [x, y] of path.points) {
        this.hits.push({ x, y, reach: 7, rank: 2, rows: () => [{ type: "movement", number: m }] });
      }
    });
  }

  /** Name where movements end, where nothing on view does: the areas they end in, and the sites that filters hide. */
  #nameEnds() {
    const { selected, palette } = this.view;
    const colour = palette.label;
    const named = new Set();
    for (const [m, path] of this.paths) {
      const chosen = selected?.type === "movement" && selected.number === m;
      [this.data.movements.origin, this.data.movements.destination].forEach(({ name, lat, lon, site }, n) => {
        if (!path || lat[m] === null || named.has(name[m]) || this.#isNamed(site[m])) return;
        const area = path.vague[n];
        // Whence: the line fades, the rest is in its card. A place that is no site is a town of the map's.
        if (area ? n === 0 && !chosen : site[m] < 0) return;
        const [x, y] = area ? path.points.at(-n) : this.point(world(lat[m], lon[m]));
        if (!this.onScreen([x, y], 0)) return;
        named.add(name[m]);
        if (area) this.labels.centred(name[m], x, y + 14, { font: this.italic, colour, stray: 64 });
        else if (this.labels.beside(name[m], x, y, { font: this.plain, colour, gap: 6 })) this.#dot(x, y);
      });
    }
  }

  /** Whether a site tells its own name on the map. */
  #isNamed(s) {
    if (s < 0 || !this.view.selection.sites.includes(s)) return false;
    const { status } = this.view.states[s];
    return this.data.sites.precision[s] !== "undisclosed" || (status !== "former" && status !== "unknown");
  }

  /** Sign the movements on which sources disagree, near their middle where no name stands. */
  #signMovements() {
    for (const points of this.disputed) {
      const free = ([x, y]) => this.labels.room(x + 4, y - 4, 6, 6, 0);
      const spot = SIGNED.map((n) => points[n]).find(free);
      if (!spot) continue; // hovering tells it too
      const [x, y] = spot;
      this.dispute(x + 1, y - 4);
      this.labels.reserve(x + 4, y - 4, 6);
    }
  }

  /** A movement's arrow on the screen as it is now. */
  movementPath(m) {
    const { origin, destination } = this.data.movements;
    const end = ({ lat, lon, precision, radius }) =>
      lat[m] === null
        ? null
        : {
            at: this.point(world(lat[m], lon[m])),
            edge: precision[m] === "site" || precision[m] === "town" ? 0 : radius[m] * pixelsPerKm(lat[m], this.zoom),
          };
    return arrowPath(end(origin), end(destination), m);
  }

  /** The dot of a town. */
  #dot(x, y) {
    const { context, view } = this;
    context.beginPath();
    context.arc(x, y, 1.8, 0, 2 * Math.PI);
    context.fillStyle = view.palette.label;
    context.fill();
  }

  #nameCountries() {
    if (this.zoom < 4 || this.zoom >= 9) return;
    const style = { font: this.spaced, colour: this.view.palette.label, spacing: "4px", stray: 120 };
    for (const { kind, name, name_ar, at } of this.towns) {
      if (kind !== "country") continue;
      const [x, y] = this.point(at);
      const [text] = called(name, name_ar, this.view.lang, false);
      // Letters that join, as Arabic's, are not set apart.
      const spacing = text === name ? style.spacing : "0px";
      if (this.onScreen([x, y], 0)) this.labels.centred(text.toUpperCase(), x, y, { ...style, spacing });
    }
  }

  #nameTowns() {
    const { labels, zoom } = this;
    const colour = this.view.palette.label;
    for (const { kind, name, name_ar, population, at } of this.towns) {
      if (kind === "country") continue;
      const [x, y] = this.point(at);
      if (!this.onScreen([x, y], 0)) continue;
      const [text, under] = called(name, name_ar, this.view.lang, zoom >= ARABIC_ZOOM);
      if (kind === "governorate") {
        if (zoom >= 7.5) labels.centred(text, x, y, { font: this.italic, colour, under });
      } else if (zoom >= TOWN_ZOOM.find(([people]) => population >= people)[1]) {
        if (labels.beside(text, x, y, { font: this.plain, colour, gap: 5, under })) this.#dot(x, y);
      }
    }
  }
}

/** How far a movement had come on a day, 0–1; null where it had not begun or was over. */
function progress(rows, m, day) {
  const [start, end] = [rows.start_first[m], rows.end_last[m]];
  return day >= start && day <= end ? (day - start + 1) / (end - start + 2) : null;
}
