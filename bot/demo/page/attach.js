/** Ways for files to come in: the attach menu, paste, and drag and drop. */

import * as api from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { complain, openMenu } from "./overlays.js";

const OTHERS = [
  { kind: "sticker", icon: "smile", label: "Sticker" },
  { kind: "voice", icon: "voice", label: "Voice message" },
  { kind: "video", icon: "play", label: "Video" },
  { kind: "location", icon: "location", label: "Location" },
  { kind: "contact", icon: "contact", label: "Contact" },
];

/** The hidden file choosers; `chosen(files, as)` is called with what was picked. */
export function fileInputs(chosen) {
  const chooser = (as, accept) => {
    const input = h("input", { type: "file", multiple: true, hidden: true, accept, aria: { label: `Choose ${as}` } });
    input.addEventListener("change", () => {
      if (input.files.length > 0) chosen([...input.files], as);
      input.value = "";
    });
    return input;
  };
  const photo = chooser("photo", "image/*");
  const document = chooser("document", null);
  return { photo, document, elements: [photo, document] };
}

/** The menu of the attach button. */
export function attachMenu(button, store, files) {
  const other = (kind) => api.sendOther(store.open, kind).catch(complain);
  openMenu([
    { icon: "photo", label: "Photo", act: () => files.photo.click() },
    { icon: "file", label: "File", act: () => files.document.click() },
    ...OTHERS.map(({ kind, ...item }) => ({ ...item, act: () => other(kind) })),
  ], button);
}

/** Take files that are pasted anywhere or dropped on `zone`. */
export function acceptFiles(zone, store, accepted) {
  const overlay = h("div", { class: "drop", hidden: true, aria: { hidden: "true" } },
    h("div", null, icon("photo"), h("strong", null, "Drop pictures here"), h("span", null, "to send them to this chat")));
  zone.append(overlay);
  document.addEventListener("paste", (event) => {
    if (store.open && event.clipboardData?.files.length > 0) {
      event.preventDefault();
      accepted([...event.clipboardData.files]);
    }
  });
  acceptDrops(overlay, store, accepted);
}

function acceptDrops(overlay, store, accepted) {
  let depth = 0; // enter and leave are told for every element passed
  const hide = () => {
    depth = 0;
    overlay.hidden = true;
  };
  const carries = (event) => store.open && event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragenter", (event) => {
    if (!carries(event)) return;
    depth += 1;
    overlay.hidden = false;
  });
  document.addEventListener("dragover", (event) => carries(event) && event.preventDefault());
  document.addEventListener("dragleave", () => (depth -= 1) <= 0 && hide());
  document.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    hide();
    if (event.dataTransfer.files.length > 0) accepted([...event.dataTransfer.files]);
  });
}
