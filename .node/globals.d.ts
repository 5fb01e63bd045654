// What the served scripts find in the page: Leaflet as the global L (tsconfig's allowUmdGlobalAccess: `L.Map` is a type
// too), and what streamlit-folium puts into its frame.
import type * as Leaflet from "leaflet";

type App = import("../components/map/assets/app.js").App;

declare global {
  interface Window {
    L: typeof Leaflet;
    Streamlit?: {
      setComponentValue(value: unknown): void;
      events: EventTarget;
      RENDER_EVENT: string;
    };
    /** What boot.js offers to folium's scripts. */
    laydown: {
      start(map: Leaflet.Map, config: import("../components/map/assets/app.js").Config): void;
      timeline(config: Parameters<App["addTimeline"]>[0]): void;
      show(command: import("../components/map/assets/app.js").Command): Leaflet.LayerGroup;
      alone(config: ConstructorParameters<typeof import("../components/map/assets/embed/embed.js").Embed>[1]): void;
      app(): Promise<App> | null;
      rows: string;
      state(): { ready: boolean };
    };
    /** The bundle's exports, where it was run as a script; see boot.js. */
    laydownModules?: any;
    /** Files that scripts hold, by the script's address; see data/files.js. */
    laydownFiles?: Record<string, string>;
    /** The folium map, in the map's frame. */
    map: Leaflet.Map;
    /** Of the early map's frame: map/assets/early/early.js. */
    early?: {
      begin(map: Leaflet.Map): void;
      join(wire: Window, rows: string): Promise<App> | null;
      joined: boolean;
    };
    /** Of the page that holds it: ui/assets/early.js. */
    laydownEarly?: { open(early: NonNullable<Window["early"]>): void; join(wire: Window, rows: string): Promise<App> };
    __GLOBAL_DATA__: { last_active_drawing?: unknown; previous_data?: unknown };
  }
}
