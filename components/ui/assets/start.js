/** What the page does from its first element on, before and beside Streamlit. */

import { followPrinting } from "./print.js";
import { followSkips } from "./skip.js";

followSkips();
followPrinting();
