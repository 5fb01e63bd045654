// What the served scripts find in the page: Leaflet as a global, and what streamlit-folium puts into its frame.
import * as Leaflet from "leaflet";

declare global {
  const L: typeof Leaflet;
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
