/** The page's icons: strokes on a 24 x 24 grid, coloured by the text around them. */

import { svg } from "./dom.js";

const PATHS = {
  attach: "M20 11.5 12.4 19a4.9 4.9 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-7.8 7.7a1.6 1.6 0 0 1-2.3-2.3l7-7",
  back: "M19 12H5M11 6l-6 6 6 6",
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.8 5.8l12.4 12.4",
  checks: "M2.5 12.5 7 17 15.5 7.5M12 16.5l.7.6L21.5 7.5",
  close: "M6 6l12 12M18 6 6 18",
  commands: "M4 7h16M4 12h16M4 17h10",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.6-4 3.6-6 7.5-6s6.9 2 7.5 6",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  dots: "M12 5v.01M12 12v.01M12 19v.01",
  down: "M6 9.5l6 6 6-6",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  edit: "M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5 17.5 10",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  forward: "M14 6l6 6-6 6M20 12h-9c-4 0-6.5 2-7.5 6",
  group: "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c.5-3.5 3-5 6.5-5s6 1.5 6.5 5M16 5a3.3 3.3 0 0 1 0 6.3M18 14.8c2 .7 3.2 2.3 3.5 4.7",
  hanger: "M12 10.5V9.3c1.5-.3 2.3-1.2 2.3-2.5a2.3 2.3 0 0 0-4.6 0M12 10.5 3 16.6c-1 .7-.6 2.4.7 2.4h16.6c1.3 0 1.7-1.7.7-2.4z",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  location: "M12 21s-7-6-7-11.5a7 7 0 0 1 14 0C19 15 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  moon: "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z",
  photo: "M4 5h16v14H4zM4 16l5-5 4.5 4.5L16 13l4 4M15.5 9.5v.01",
  play: "M8 5v14l11-7z",
  poll: "M6 20V10M12 20V4M18 20v-7",
  reply: "M10 6l-6 6 6 6M4 12h9c4 0 6.5 2 7.5 6",
  send: "M4 12 3.5 4.5 21 12 3.5 19.5 4 12zM4 12h8",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14c.8 1.3 2 2 3.5 2s2.7-.7 3.5-2M9 9.5v.01M15 9.5v.01",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  trash: "M5 7h14M10 7V4.5h4V7M6.5 7l1 13h9l1-13M10 11v5M14 11v5",
  voice: "M12 3.5a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0V6A2.5 2.5 0 0 1 12 3.5zM6 11a6 6 0 0 0 12 0M12 17v3.5",
};

/** Draw an icon. It says nothing to a screen reader: its button has the label. */
export function icon(name) {
  return svg("svg", { class: `icon icon-${name}`, viewBox: "0 0 24 24", "aria-hidden": "true" },
    svg("path", { d: PATHS[name] }));
}
