/** A scrolling list that stays at its end, unless somebody scrolled up to read. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const NEAR = 120; // pixels: closer to the end than this counts as being there

export class Scroller {
  constructor(list) {
    this.atEnd = true;
    this.top = 0; // where the box was scrolled to
    this.list = list;
    this.height = 0; // of the list, without what animations add to it
    this.button = h("button", { type: "button", class: "round to-end", hidden: true,
      aria: { label: "To the newest message" }, onclick: () => this.toEnd("smooth") }, icon("down"));
    this.box = h("div", { class: "scroller" }, list);
    this.element = h("div", { class: "timeline" }, this.box, this.button);
    this.box.addEventListener("scroll", () => this.look(), { passive: true });
    const observer = new ResizeObserver(() => this.resized());
    observer.observe(this.box);
    observer.observe(list);
  }

  toEnd(behavior = "instant") {
    this.atEnd = true;
    this.box.scrollTo({ top: this.box.scrollHeight, behavior });
    this.top = this.box.scrollTop;
    this.show();
  }

  /** The list or the box has another size: keep to the end, if that is where we were. */
  resized() {
    this.height = this.list.offsetHeight;
    if (this.atEnd) this.toEnd();
    else this.look();
  }

  /** Something new arrived below: say so if it cannot be seen. */
  news() {
    if (!this.atEnd) this.button.dataset.news = "yes";
  }

  /**
   * Only scrolling up leaves the end: the list may have grown before this is called. It may
   * also have shrunk, which moves the box up by itself: `resized` follows and puts it right.
   */
  look() {
    if (this.list.offsetHeight !== this.height) return;
    const { scrollTop, clientHeight, scrollHeight } = this.box;
    const up = scrollTop < this.top;
    this.top = scrollTop;
    if (scrollTop + clientHeight > scrollHeight - NEAR) this.atEnd = true;
    else if (up) this.atEnd = false;
    this.show();
  }

  show() {
    this.button.hidden = this.atEnd;
    if (this.atEnd) delete this.button.dataset.news;
  }
}
