/**
 * How things are drawn, as map/style.py declares it and the rows document brings it: there each field is explained.
 * Lengths are pixels, strengths opacities, `Pair` is two numbers.
 *
 * @typedef {[number, number]} Pair
 *
 * @typedef {object} Palette the colours of a theme, each #rrggbb
 * @property {string} land @property {string} water @property {string} river @property {string} border
 * @property {string} governorate @property {string} nowhere @property {string} label @property {string} strong
 * @property {string} quiet @property {string} halo @property {string} edge @property {string} outline
 * @property {string} paper @property {string} line @property {string} accent
 * @property {string[]} density
 *
 * @typedef {object} Outline
 * @property {number} width @property {number[]} dash @property {number} strength
 *
 * @typedef {object} Font
 * @property {number} size @property {number} weight @property {boolean} italic @property {number} spacing
 *
 * @typedef {Pair[]} Stroke a line upon a square: its points, from the square's middle
 *
 * @typedef {object} SiteStyle
 * @property {number} size @property {number} small @property {number} edge
 * @property {Record<string, Outline>} outlines @property {Record<string, Stroke[]>} strokes
 * @property {Stroke[]} corners @property {string[]} cornered @property {number} corner_width
 * @property {number} corner_halo @property {number} clear_cornered
 * @property {number} stroke_width @property {number} ring @property {number} clear @property {number} clear_selected
 * @property {number} name_gap @property {number} stray @property {Outline} leader @property {number} named_zoom @property {Pair} sign @property {number} undisclosed_stray
 *
 * @typedef {object} CrowdStyle sites that would lie on one another
 * @property {number} few @property {number} most @property {number} share
 * @property {number} cell @property {number} square @property {Outline} empty
 *
 * @typedef {object} PaleStyle what steps back
 * @property {number} contrast @property {number} site @property {number} small @property {number} edge
 * @property {number[]} incidents @property {number[]} incidents_small @property {number} line
 * @property {number} possible @property {number} area @property {number} named_zoom
 *
 * @typedef {object} SignStyle the sign that sources disagree
 * @property {number} reach @property {number} halo @property {Stroke[]} strokes @property {number} width
 *
 * @typedef {object} AreaStyle
 * @property {number} least @property {number} wide @property {Record<string, number>} fills
 * @property {Record<string, Outline>} outlines @property {Outline} selected
 *
 * @typedef {object} Line of a movement, by what moved; its dashes are multiples of its width
 * @property {string} text @property {string} colour @property {number[]} dash @property {number} weight
 *
 * @typedef {object} HeldAreaStyle by whether an area is held surely, or only possibly
 * @property {Record<"sure" | "possible", number>} fills @property {Record<"sure" | "possible", Outline>} outlines
 * @property {number} fine
 *
 * @typedef {object} MovementStyle
 * @property {Record<string, Line>} lines @property {Pair[]} widths @property {number} stub @property {number} part
 * @property {number} short @property {number} least @property {number} steps @property {Pair} clear
 * @property {Pair} bend @property {number} fan @property {number} rivals @property {number} halo
 * @property {number} halo_selected @property {number} halo_strength @property {number} band
 * @property {number} band_strength @property {number} broader @property {number} dimmed @property {Pair} head
 * @property {number} barb @property {number} neck @property {number} open_head @property {number} faded
 * @property {number} fade @property {number} fade_part @property {number} bead @property {number} bead_edge
 * @property {number[]} signed @property {Pair} sign @property {number} head_room @property {number} end_gap
 * @property {number} end_below @property {number} end_stray
 *
 * @typedef {object} RivalStyle
 * @property {Outline} line @property {number} least @property {number} below @property {number} stray
 * @property {number} short
 *
 * @typedef {object} IncidentStyle
 * @property {number[]} sizes @property {number[]} small_sizes @property {number} edge @property {number} few
 * @property {number} fine @property {number} coarse @property {number} margin @property {number} ring
 * @property {number} ring_stamped @property {Pair} count @property {Pair} count_room @property {number} digit @property {Pair} sign
 *
 * @typedef {object} DensityStyle squares that stand for many incidents
 * @property {number} cell @property {number} gap @property {number} least @property {number} crowd
 * @property {number[]} steps @property {number[]} told @property {number} strength
 *
 * @typedef {object} RegionStyle
 * @property {number} wider @property {number} height @property {number} above @property {number} symbols
 * @property {Outline} outline @property {number} ground @property {[number, number, number]} room
 * @property {Pair} words @property {number} lower @property {Pair} stray @property {number} within
 *
 * @typedef {object} LabelStyle
 * @property {Record<"strong" | "plain" | "area" | "country" | "count", Font>} fonts @property {number} halo
 * @property {number} line @property {number} half @property {number} gap @property {number} corner @property {number} further
 * @property {number} margin @property {number} stray_step @property {number} stray_turns @property {number} contrast
 *
 * @typedef {object} BasemapStyle
 * @property {Outline} river @property {Outline} governorate @property {Outline} border @property {Outline} disputed
 * @property {Pair} country_zooms
 * @property {number} country_stray @property {number} stray_zoom @property {number} governorate_zoom
 * @property {Pair[]} town_zooms @property {number} arabic_zoom @property {number} town_gap @property {number} dot
 *
 * @typedef {object} Style
 * @property {Record<"light" | "dark", Palette>} palettes @property {string[]} layers @property {string} neutral
 * @property {string} nobody @property {Pair} home @property {Pair} home_padding @property {number} home_deepest
 * @property {number} grain @property {number} step @property {number} possible @property {number} margin
 * @property {Pair} ring @property {Outline} leader @property {PaleStyle} pale @property {SignStyle} sign
 * @property {SiteStyle} sites @property {CrowdStyle} crowd @property {AreaStyle} areas
 * @property {HeldAreaStyle} held_areas
 * @property {MovementStyle} movements @property {RivalStyle} rivals @property {IncidentStyle} incidents @property {DensityStyle} density @property {RegionStyle} regions
 * @property {LabelStyle} labels @property {BasemapStyle} basemap
 * @property {Record<string, Record<string, string>>} signs
 * @property {Record<string, string>} headings of the key
 */

/** A canvas's two-dimensional context, which every browser that runs modules has. @param {HTMLCanvasElement} canvas */
export function contextOf(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}

/**
 * Begin a path of lines, each by its points from (x, y).
 * @param {CanvasRenderingContext2D} context @param {Stroke[]} strokes @param {number} x @param {number} y
 */
export function polylines(context, strokes, x, y) {
  context.beginPath();
  for (const [[startX, startY], ...rest] of strokes) {
    context.moveTo(x + startX, y + startY);
    for (const [toX, toY] of rest) context.lineTo(x + toX, y + toY);
  }
}

/**
 * A map with the method by which Leaflet itself places what is scaled while it zooms; its types leave it out.
 * @param {L.Map} map
 */
export function animated(map) {
  return /** @type {L.Map & {_latLngToNewLayerPoint(at: L.LatLng, zoom: number, center: L.LatLng): L.Point}} */ (map);
}

/**
 * Set a context's pen as an outline says; `pen` is called with it, and the dashes and strength are reset thereafter.
 * @param {CanvasRenderingContext2D} context @param {Outline} outline @param {string} colour @param {() => void} pen
 */
export function outlined(context, { width, dash, strength }, colour, pen) {
  context.globalAlpha = strength;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
  pen();
  context.setLineDash([]);
  context.globalAlpha = 1;
}
