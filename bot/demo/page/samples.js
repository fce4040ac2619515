/** The strip of sample photos: one click sends one, several chosen ones become an album. */

import * as api from "./api.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { complain } from "./overlays.js";

const KEY = "fitting-room-samples"; // whether the strip is open
const MOST = 10; // pictures in an album

export class SampleStrip {
  constructor(store, send) {
    this.store = store;
    this.sendFiles = send;
    this.chosen = new Set();
    this.choosing = false;
    this.all = [];
    this.button = h("button", { type: "button", class: "round", aria: { label: "Sample photos", controls: "samples" },
      onclick: () => this.setOpen(this.element.hidden) }, icon("hanger"));
    this.strip = h("div", { class: "strip" });
    this.element = h("section", { class: "samples", id: "samples", aria: { label: "Sample photos" } });
    this.setOpen(localStorage.getItem(KEY) !== "closed");
    store.on("open", () => this.reset());
    this.load();
  }

  async load() {
    try {
      this.all = (await api.samples()).samples;
    } catch (error) {
      complain(error);
    }
    this.draw();
  }

  setOpen(open) {
    this.element.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    localStorage.setItem(KEY, open ? "open" : "closed");
  }

  reset() {
    this.chosen.clear();
    this.choosing = false;
    this.draw();
  }

  draw() {
    const focused = this.strip.contains(document.activeElement) && document.activeElement.dataset.sample;
    fill(this.strip, this.all.map((sample) => this.thumbnail(sample)));
    fill(this.element, this.strip, this.buttons());
    if (focused) this.strip.querySelector(`[data-sample="${CSS.escape(focused)}"]`)?.focus();
  }

  buttons() {
    const { size } = this.chosen;
    const toggle = () => this.toggleChoosing();
    if (!this.choosing) {
      return h("button", { type: "button", class: "flat toggle", title: "Choose several photos for an album",
        onclick: toggle }, "Select");
    }
    const label = size > 1 ? `Send album of ${size}` : "Send the chosen photo";
    return [
      h("button", { type: "button", class: "flat primary", disabled: size === 0, aria: { label },
        onclick: () => this.send([...this.chosen]) }, `Send ${size}`),
      h("button", { type: "button", class: "round toggle", aria: { label: "Choose nothing" }, onclick: toggle },
        icon("close")),
    ];
  }

  toggleChoosing() {
    this.choosing = !this.choosing;
    this.chosen.clear();
    this.draw();
    this.element.querySelector(".toggle").focus();
  }

  thumbnail({ name, label }) {
    const order = [...this.chosen].indexOf(name) + 1;
    const words = this.choosing ? label : `Send sample photo: ${label}`;
    return h("button", {
      type: "button",
      class: "sample",
      title: label,
      data: { sample: name },
      aria: this.choosing ? { label: words, pressed: String(order > 0) } : { label: words },
      onclick: () => this.press(name),
    }, h("img", { src: `/samples/${encodeURIComponent(name)}.jpg`, alt: "", draggable: "false" }),
    this.choosing && h("span", { class: "tick" }, order > 0 ? String(order) : ""));
  }

  press(name) {
    if (!this.choosing) return this.send([name]);
    if (!this.chosen.delete(name) && this.chosen.size < MOST) this.chosen.add(name);
    return this.draw();
  }

  async send(names) {
    if (this.sending) return;
    this.sending = true;
    try {
      const sent = await this.sendFiles(await Promise.all(names.map(api.sampleFile)));
      if (sent && this.choosing) this.reset();
    } catch (error) {
      complain(error);
    } finally {
      this.sending = false;
    }
  }
}
