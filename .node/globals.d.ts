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
    __GLOBAL_DATA__: { last_active_drawing?: unknown; previous_data?: unknown };
  }
}
