/** A last look at chosen files before they are sent: caption, order, photo or file. */

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { showDialog } from "./overlays.js";
import { fileSize } from "./time.js";

const MOST = 10; // files in an album
const LONGEST_CAPTION = 1024; // characters, as in Telegram

/** Show `files`; `send(files, as, caption)` answers whether they went: if not, they stay. */
export function previewFiles(files, as, caption, send) {
  const state = { files: files.slice(0, MOST).map(withUrl), box: null };
  const asFile = h("input", { type: "checkbox", role: "switch" });
  asFile.checked = as === "document" || !files.every(isPicture);
  asFile.disabled = !files.every(isPicture);
  const words = h("input", { type: "text", class: "caption", placeholder: "Add a caption…", dir: "auto",
    maxlength: LONGEST_CAPTION, value: caption, autofocus: true, autocomplete: "off", aria: { label: "Caption" } });
  const grid = h("div", { class: "preview-grid" });
  const title = h("h2");
  const submit = async (event) => {
    event.preventDefault();
    const chosen = state.files.map(({ file }) => file);
    if (await send(chosen, asFile.checked ? "document" : "photo", words.value.trim())) state.box.close();
  };
  state.box = frame(title, grid, words, asFile, submit);
  const redraw = () => draw(state, title, grid, asFile.checked, redraw);
  asFile.addEventListener("change", redraw);
  state.box.addEventListener("close", () => state.files.forEach(({ url }) => url && URL.revokeObjectURL(url)));
  redraw();
  showDialog(state.box);
}

function frame(title, grid, words, asFile, submit) {
  const box = h("dialog", { class: "card preview", aria: { label: "Send files" } });
  const close = h("button", { type: "button", class: "round", aria: { label: "Cancel" }, onclick: () => box.close() },
    icon("close"));
  box.append(h("form", { onsubmit: submit }, h("header", null, title, close), grid,
    h("label", { class: "switch" }, asFile, h("span", null, "Send as file, without compression")),
    h("footer", null, words, h("button", { type: "submit", class: "round send", aria: { label: "Send" } }, icon("send")))));
  return box;
}

function draw(state, title, grid, asFile, redraw) {
  const { files, box } = state;
  if (files.length === 0) return box.close();
  const noun = asFile ? "file" : "photo";
  fill(title, files.length === 1 ? `Send ${noun}` : `Send ${files.length} ${noun}s`);
  grid.dataset.count = files.length;
  grid.classList.toggle("as-files", asFile);
  fill(grid, files.map((entry) => tile(entry, () => {
    state.files = files.filter((one) => one !== entry);
    redraw();
  })));
}

function tile({ file, url }, remove) {
  return h("figure", null, url ? h("img", { src: url, alt: file.name }) : h("span", { class: "file-icon" }, icon("file")),
    h("figcaption", null, h("strong", { dir: "auto" }, file.name), h("small", null, fileSize(file.size))),
    h("button", { type: "button", class: "round", aria: { label: `Remove ${file.name}` }, onclick: remove },
      icon("close")));
}

function withUrl(file) {
  return { file, url: isPicture(file) ? URL.createObjectURL(file) : null };
}

function isPicture(file) {
  return file.type.startsWith("image/");
}
