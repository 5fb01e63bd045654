// What the served scripts find in the page: Leaflet as the global L (tsconfig's allowUmdGlobalAccess: `L.Map` is a type
// too), and what streamlit-folium puts into its frame.
import type * as Leaflet from "leaflet";

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
      timeline(config: Parameters<import("../components/map/assets/app.js").App["addTimeline"]>[0]): void;
      show(command: import("../components/map/assets/app.js").Command): Leaflet.LayerGroup;
      alone(config: ConstructorParameters<typeof import("../components/map/assets/embed/embed.js").Embed>[1]): void;
      state(): { ready: boolean };
    };
    /** The bundle's exports, where it was run as a script; see boot.js. */
    laydownModules?: any;
    /** Files that scripts hold, by the script's address; see data/files.js. */
    laydownFiles?: Record<string, string>;
    __GLOBAL_DATA__: { last_active_drawing?: unknown; previous_data?: unknown };
  }
}
