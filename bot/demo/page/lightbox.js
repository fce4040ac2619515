/** Pictures at full size, with the chat's other pictures one key away. */

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { showDialog } from "./overlays.js";

/** Open `pictures` (each `{url, name, alt}`) at the one numbered `index`. */
export function openLightbox(pictures, index) {
  const stage = h("figure");
  const box = h("dialog", { class: "lightbox", aria: { label: "Picture" } });
  let shown = index;
  const show = (wanted) => {
    if (wanted < 0 || wanted >= pictures.length) return;
    shown = wanted;
    draw(box, stage, pictures, shown, show);
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(shown - 1);
    if (event.key === "ArrowRight") show(shown + 1);
  });
  box.addEventListener("click", (event) => (event.target === box || event.target === stage) && box.close());
  show(index);
  showDialog(box);
}

function draw(box, stage, pictures, index, show) {
  const { url, name, alt } = pictures[index];
  fill(stage, h("img", { src: url, alt }));
  const bar = h("div", { class: "lightbox-bar" },
    h("span", { class: "counter" }, pictures.length > 1 ? `${index + 1} of ${pictures.length}` : ""),
    h("a", { class: "round", href: url, download: name, aria: { label: "Download" } }, icon("download")),
    h("button", { class: "round", type: "button", aria: { label: "Close" }, onclick: () => box.close() },
      icon("close")));
  fill(box, bar, stage,
    index > 0 && turn("back", "Previous picture", () => show(index - 1)),
    index < pictures.length - 1 && turn("next", "Next picture", () => show(index + 1)));
}

function turn(kind, label, act) {
  return h("button", { class: `round turn ${kind}`, type: "button", aria: { label }, onclick: act }, icon("back"));
}
