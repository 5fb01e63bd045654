/** The canvas above the basemap: places by their precision, movements, sites, incidents and their names. */

import { drawArrow, arrowPath } from "./arrows.js";
import { Labels } from "./labels.js";
import { legible } from "./palette.js";
import { gatherPlaces, pixelsPerKm, Tally, world } from "./places.js";
import { Symbols, stamp } from "./symbols.js";

const SITE = 14;
/** An incident's size by severity: no one hurt, someone, ten or more killed. */
const INCIDENT = [12, 14, 17];
const STEP = 16; // between symbols that share a place
const GRID = 3; // pixels: of like symbols nearer than this only the newest is drawn
const BOLD = "600 12.5px";
const PLAIN = "400 11.5px";
/** From which zoom on towns of a population are named. */
const TOWN_ZOOM = [[300_000, 5], [100_000, 6.5], [40_000, 7.5], [0, 8.5]];

/** A site's name on the map: without what stands in brackets, which its card tells. */
const brief = (name) => name.replace(/ \(.*\)$/, "");

export class Scene {
  constructor(map, data, labels) {
    this.map = map;
    this.data = data;
    this.names = data.sites.name.map(brief);
    this.towns = labels.map((label) => ({ ...label, at: world(label.lat, label.lon) }));
    this.symbols = new Symbols(data.shapes);
    Object.assign(this, gatherPlaces(data));
    this.tally = new Tally(this.places.length, data.kinds.length);
    this.font = getComputedStyle(document.body).fontFamily;
    this.hits = [];
    this.canvas = L.DomUtil.create("canvas", "scene", map.createPane("scene"));
    map.getPane("scene").style.zIndex = "450";
    this.context = this.canvas.getContext("2d");
    map.on("move resize viewreset zoomend", () => this.redraw());
    map.on("zoomanim", (event) => this.#animate(event));
    L.DomUtil.addClass(this.canvas, "leaflet-zoom-animated");
  }

  /** Show {selection, states, selected, palette}: what select() and siteStates() returned, and how. */
  show(view) {
    this.view = view;
    this.redraw();
  }

  /** Draw with the next frame. */
  redraw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.view) this.draw();
    });
  }

  draw() {
    const { map, context, canvas } = this;
    const size = map.getSize();
    const ratio = devicePixelRatio;
    if (canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio)) {
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    this.corner = map.containerPointToLatLng([0, 0]);
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    this.zoom = map.getZoom();
    this.scale = 2 ** this.zoom;
    const [x, y] = world(this.corner.lat, this.corner.lng);
    this.origin = [x * this.scale, y * this.scale];
    this.size = size;
    this.hits = [];

    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.x, size.y);
    this.tally.take(this.data.incidents, this.ofIncident, this.view.selection.incidents);
    this.labels = new Labels(context, this.view.palette, size);
    this.#drawAreas();
    this.#drawMovements();
    const named = this.#drawPlaces();
    this.#nameSites(named);
    this.#drawAnywhere();
    this.#nameCountries();
    this.#nameTowns();
  }

  /** What is at a point of the map's container, nearest and topmost first. @returns {string[]} like "site:al-tanf" */
  at(x, y) {
    return this.hits
      .map((hit) => ({ hit, far: Math.hypot(hit.x - x, hit.y - y) - hit.reach }))
      .filter(({ far }) => far <= 0)
      .sort((a, b) => a.hit.rank - b.hit.rank || a.far - b.far)
      .flatMap(({ hit }) => hit.rows());
  }

  #point([x, y]) {
    return [x * this.scale - this.origin[0], y * this.scale - this.origin[1]];
  }

  #onScreen([x, y], margin = 40) {
    return x > -margin && y > -margin && x < this.size.x + margin && y < this.size.y + margin;
  }

  #animate({ zoom, center }) {
    const scale = this.map.getZoomScale(zoom, this.zoom);
    const offset = this.map._latLngToNewLayerPoint(this.corner, zoom, center);
    L.DomUtil.setTransform(this.canvas, offset, scale);
  }

  #siteColour(force) {
    return legible(this.data.forces[force]?.colour ?? "#8d8778", this.view.palette.land);
  }

  /** The circles within which imprecise places lie, one for each place, precision and radius. */
  #drawAreas() {
    const { data, view, context, tally } = this;
    const areas = new Map();
    const add = (place, precision, radius, wanted, undisclosed) => {
      if (precision === "site" || place < 0) return;
      const key = `${place} ${precision} ${radius}`;
      const area = areas.get(key) ?? { place, precision, radius, wanted: false, undisclosed };
      area.wanted ||= wanted;
      areas.set(key, area);
    };
    for (const s of view.selection.sites) {
      if (view.states[s].status === "unknown" || view.states[s].status === "former") continue;
      const wanted = view.selected === `site:${data.sites.id[s]}`;
      add(this.ofSite[s], data.sites.precision[s], data.sites.radius[s], wanted, s);
    }
    for (const slot of tally.used) {
      const i = tally.newest[slot];
      const wanted = view.selected === `incident:${data.incidents.id[i]}`;
      add(this.ofIncident[i], data.incidents.precision[i], data.incidents.radius[i], wanted, -1);
    }
    for (const { place, precision, radius, wanted, undisclosed } of areas.values()) {
      const [x, y] = this.#point([this.places[place].x, this.places[place].y]);
      const reach = radius * pixelsPerKm(this.places[place].lat, this.zoom);
      if (reach < SITE / 2 + 2 || !this.#onScreen([x, y], reach)) continue;
      const secret = precision === "undisclosed";
      const state = secret && undisclosed >= 0 ? view.states[undisclosed] : null;
      const colour = state ? this.#siteColour(state.force >= 0 ? state.force : state.previous) : view.palette.label;
      context.beginPath();
      context.arc(x, y, reach, 0, 2 * Math.PI);
      context.fillStyle = colour;
      const wide = precision === "country" || reach > 60; // what covers much of the map must not weigh on it
      context.globalAlpha = wanted ? 0.16 : secret && state?.force >= 0 ? 0.1 : wide ? 0.02 : 0.07;
      context.fill();
      context.globalAlpha = wanted ? 0.9 : secret ? 0.8 : 0.35;
      context.strokeStyle = colour;
      context.lineWidth = wanted || secret ? 1.5 : 1;
      context.setLineDash(secret ? [6, 4] : wide ? [2, 5] : []);
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 1;
    }
  }

  #drawMovements() {
    const { data, view } = this;
    const rows = data.movements;
    const { numbers, sure } = view.selection.movements;
    numbers.forEach((m, n) => {
      const end = (points) =>
        points.lat[m] === null
          ? null
          : {
              at: this.#point(world(points.lat[m], points.lon[m])),
              vague: points.precision[m] !== "site" && points.precision[m] !== "town",
              edge:
                points.precision[m] === "undisclosed"
                  ? points.radius[m] * pixelsPerKm(points.lat[m], this.zoom)
                  : 0,
            };
      const path = arrowPath(end(rows.origin), end(rows.destination), m);
      if (!path || !path.points.some((point) => this.#onScreen(point))) return;
      const selected = view.selected === `movement:${rows.id[m]}`;
      drawArrow(this.context, path, {
        colour: this.#siteColour(rows.force[m]),
        halo: view.palette.halo,
        moved: rows.high[m] ?? rows.low[m] ?? 0,
        range: rows.low[m] !== null && rows.high[m] !== null && rows.low[m] !== rows.high[m],
        strength: (sure[n] ? 0.9 : 0.45) * (selected || !view.selected.startsWith("movement:") ? 1 : 0.5),
        selected,
      });
      for (const [x, y] of path.points) {
        this.hits.push({ x, y, reach: 7, rank: 2, rows: () => [`movement:${rows.id[m]}`] });
      }
    });
  }

  /** Draw every place's sites side by side and its incidents in a row above them; return the sites to name. */
  #drawPlaces() {
    const { data, tally, view } = this;
    const shown = new Set(view.selection.sites);
    const named = [];
    for (const { x, y, sites } of this.places) {
      const here = sites.filter((s) => shown.has(s));
      if (!here.length) continue;
      const point = this.#point([x, y]);
      if (!this.#onScreen(point)) continue;
      here.forEach((s, n) => {
        const left = point[0] + (n - (here.length - 1) / 2) * STEP;
        if (this.#drawSite(s, left, point[1])) named.push({ s, x: left, y: point[1] });
      });
    }
    // Newest first; of like symbols on one spot only that one is drawn.
    const columns = Math.ceil(this.size.x / GRID) + 1;
    const taken = new Set();
    this.anywhere = [];
    for (const number of tally.places) {
      const place = this.places[number];
      const [x, y] = this.#point([place.x, place.y]);
      if (!this.#onScreen([x, y], 10)) continue;
      const slots = tally.at(number);
      if (data.incidents.precision[tally.newest[slots[0]]] === "country") {
        this.anywhere.push({ number, slots, x, y });
        continue;
      }
      if (slots.length === 1) {
        const spot = (Math.floor(y / GRID) * columns + Math.floor(x / GRID)) * tally.kinds + (slots[0] % tally.kinds);
        if (taken.has(spot)) continue;
        taken.add(spot);
      }
      const lifted = place.sites.some((s) => shown.has(s) && data.sites.precision[s] !== "undisclosed");
      this.#drawRow(slots, number, x, lifted ? y - STEP : y);
    }
    return named;
  }

  #drawRow(slots, place, x, y) {
    slots.forEach((slot, n) => this.#drawIncident(slot, place, x + (n - (slots.length - 1) / 2) * STEP, y));
  }

  /** Draw a site by its state; return whether it is to be named. */
  #drawSite(s, x, y) {
    const { context, data, view } = this;
    const { status, force, possible, previous } = view.states[s];
    const id = `site:${data.sites.id[s]}`;
    const selected = view.selected === id;
    const undisclosed = data.sites.precision[s] === "undisclosed";
    const reach = undisclosed ? 26 : SITE / 2 + 4;
    this.hits.push({ x, y, reach, rank: undisclosed ? 3 : 1, rows: () => [id] });
    if (undisclosed && status !== "former" && status !== "unknown") {
      const style = {
        font: `italic ${PLAIN} ${this.font}`,
        colour: legible(this.#siteColour(force >= 0 ? force : previous), view.palette.land, 4.5),
      };
      this.labels.centred(this.names[s], x, y, style);
      this.labels.centred("site undisclosed", x, y + 15, style);
      return false;
    }
    if (undisclosed) return false;
    const half = status === "former" || status === "unknown" ? 4 : SITE / 2;
    const box = () => {
      context.beginPath();
      context.rect(x - half, y - half, 2 * half, 2 * half);
    };
    context.lineWidth = 1.5;
    if (status === "held" || status === "handed-over") {
      context.fillStyle = view.palette.land;
      context.globalAlpha = 1;
      box();
      context.fill();
      context.globalAlpha = possible ? 0.45 : 1;
      context.fillStyle = this.#siteColour(force);
      context.fill();
      if (status === "handed-over") {
        context.globalAlpha = 1;
        context.beginPath();
        context.moveTo(x - half, y + half);
        context.lineTo(x - half, y - half);
        context.lineTo(x + half, y - half);
        context.closePath();
        context.fillStyle = this.#siteColour(previous);
        context.fill();
      }
      context.globalAlpha = 1;
      context.strokeStyle = view.palette.edge;
      box();
      context.stroke();
    } else {
      context.fillStyle = view.palette.land;
      box();
      context.fill();
      context.globalAlpha = status === "vacated" ? 1 : 0.6;
      context.strokeStyle = previous >= 0 ? this.#siteColour(previous) : view.palette.label;
      context.setLineDash(status === "unknown" ? [1, 2] : [3, 2.5]);
      context.lineWidth = status === "vacated" ? 2 : 1.25;
      box();
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 1;
    }
    this.labels.reserve(x, y, half + (selected ? 6 : 1));
    if (selected) this.#ring(x, y, half + 5);
    return status === "held" || status === "handed-over" || status === "vacated" || selected || this.zoom >= 8;
  }

  /**
   * Frame the symbols of what happened somewhere in a country or region, wherever there is room in it, and say so:
   * they are not at this point.
   */
  #drawAnywhere() {
    const { context, data, labels, tally, view } = this;
    const { site, place, radius } = data.incidents;
    for (const { number, slots, x, y } of this.anywhere) {
      const newest = tally.newest[slots[0]];
      const where = site[newest] >= 0 ? this.names[site[newest]] : place[newest].split(",")[0];
      const text = `anywhere in ${where}`;
      context.font = `italic ${PLAIN} ${this.font}`;
      const half = Math.max((slots.length * STEP) / 2 + 8, context.measureText(text).width / 2);
      const reach = radius[newest] * pixelsPerKm(this.places[number].lat, this.zoom);
      const width = slots.length * STEP + 14;
      // With the words it may stand beside its area; without them only within it.
      const roomy = labels.room(x, y, half, 24, Math.min(Math.max(reach, 150), 260));
      const [left, top] = roomy ?? labels.room(x, y + 9, width / 2, 14, Math.min(reach * 0.8, 260)) ?? [x, y];
      if (Math.hypot(left - x, top - y) > reach) {
        context.beginPath();
        context.moveTo(left, top);
        context.lineTo(x, y);
        context.strokeStyle = view.palette.label;
        context.lineWidth = 1;
        context.setLineDash([1, 4]);
        context.stroke();
      }
      context.beginPath();
      context.roundRect(left - width / 2, top - 22, width + 4, 26, 13);
      context.globalAlpha = 0.75;
      context.fillStyle = view.palette.land;
      context.fill();
      context.globalAlpha = 1;
      context.strokeStyle = view.palette.label;
      context.lineWidth = 1;
      context.setLineDash([2, 3]);
      context.stroke();
      context.setLineDash([]);
      this.#drawRow(slots, number, left, top - 9);
      if (!roomy) continue; // the words are in its card
      labels.write(text, left, top + 14, { font: `italic ${PLAIN} ${this.font}`, colour: view.palette.label });
    }
  }

  #drawIncident(slot, place, x, y) {
    const { context, data, tally, view } = this;
    const kind = data.kinds[slot % tally.kinds];
    const colour = legible(kind.colour, view.palette.land);
    const size = INCIDENT[tally.severity[slot]];
    const sprite = this.symbols.sprite(kind.shape, colour, size, view.palette.edge, tally.sure[slot] ? 1 : 0.45);
    stamp(context, sprite, x, y);
    this.labels.reserve(x, y, size / 2);
    const rows = () => this.#incidentsAt(place, slot % tally.kinds);
    this.hits.push({ x, y, reach: size / 2 + 3, rank: 0, rows });
    if (tally.count[slot] > 1) {
      context.font = `600 10px ${this.font}`;
      context.textBaseline = "middle";
      context.lineWidth = 3;
      context.strokeStyle = view.palette.halo;
      context.strokeText(tally.count[slot], x + size / 2 - 1, y + size / 2 - 1);
      context.fillStyle = view.palette.strong;
      context.fillText(tally.count[slot], x + size / 2 - 1, y + size / 2 - 1);
    }
    if (view.selected.startsWith("incident:") && rows().includes(view.selected)) this.#ring(x, y, size / 2 + 4);
  }

  /** The rows behind a symbol, newest first. */
  #incidentsAt(place, kind) {
    const { incidents } = this.data;
    return this.view.selection.incidents.numbers
      .filter((i) => this.ofIncident[i] === place && incidents.kind[i] === kind)
      .map((i) => `incident:${incidents.id[i]}`)
      .reverse();
  }

  #ring(x, y, reach) {
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

  #nameSites(named) {
    const { data, view, labels } = this;
    // The selected one first, then those that changed, then by who holds them.
    const weight = ({ s }) => {
      if (view.selected === `site:${data.sites.id[s]}`) return -1;
      const { status, force, possible } = view.states[s];
      return status === "held" ? 1 + force + (possible ? 100 : 0) : status === "former" || status === "unknown" ? 999 : 0;
    };
    named.sort((a, b) => weight(a) - weight(b) || a.s - b.s);
    for (const { s, x, y } of named) {
      const held = view.states[s].status !== "former" && view.states[s].status !== "unknown";
      labels.beside(this.names[s], x, y, {
        font: `${held ? BOLD : PLAIN} ${this.font}`,
        colour: held ? view.palette.strong : view.palette.label,
        gap: SITE / 2 + 5,
        must: weight({ s }) === -1,
      });
    }
  }

  #nameCountries() {
    if (this.zoom < 4 || this.zoom >= 9) return;
    const style = { font: `600 13px ${this.font}`, colour: this.view.palette.label, spacing: "4px", stray: 120 };
    for (const { kind, name, at } of this.towns) {
      const [x, y] = this.#point(at);
      if (kind === "country" && this.#onScreen([x, y], 0)) this.labels.centred(name.toUpperCase(), x, y, style);
    }
  }

  #nameTowns() {
    const { view, labels, context } = this;
    const { palette } = view;
    for (const town of this.towns) {
      const [x, y] = this.#point(town.at);
      if (!this.#onScreen([x, y], 0)) continue;
      if (town.kind === "country") continue;
      if (town.kind === "governorate") {
        if (this.zoom >= 7.5) labels.centred(town.name, x, y, { font: `italic ${PLAIN} ${this.font}`, colour: palette.label });
      } else if (this.zoom >= TOWN_ZOOM.find(([people]) => town.population >= people)[1]) {
        if (labels.beside(town.name, x, y, { font: `${PLAIN} ${this.font}`, colour: palette.label, gap: 5 })) {
          context.beginPath();
          context.arc(x, y, 1.8, 0, 2 * Math.PI);
          context.fillStyle = palette.label;
          context.fill();
        }
      }
    }
  }
}
