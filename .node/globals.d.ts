// What the served scripts find in the page: Leaflet as the global L (tsconfig's allowUmdGlobalAccess: `L.Map` is a type
// too), and what streamlit-folium puts into its frame.
import type * as Leaflet from "leaflet";

declare global {
  /** What Streamlit gives a component's default export at each run (streamlit.components.v2). */
  interface StreamlitComponent {
    name: string;
    data: unknown;
    key: string;
    parentElement: HTMLElement | ShadowRoot;
    setStateValue(name: string, value: unknown): void;
    setTriggerValue(name: string, value: unknown): void;
  }
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
