/** The messages of the open thread, redrawn where they changed and nowhere else. */

import { bubble } from "./bubble.js";
import { serviceText } from "./describe.js";
import { arrange, h } from "./dom.js";
import { keepFocus, markEntry, walkable } from "./focus.js";
import { timelineItems } from "./items.js";
import { openLightbox } from "./lightbox.js";
import { picture } from "./media.js";
import { messageMenu } from "./messagemenu.js";
import { Scroller } from "./scroller.js";
import { isBy } from "./sender.js";
import { welcome } from "./welcome.js";

export class Timeline {
  constructor(store) {
    this.store = store;
    this.drawn = new Map(); // item key → {item, element}
    this.list = h("div", { class: "messages", role: "log", aria: { label: "Messages", live: "polite" } });
    this.scroller = new Scroller(this.list);
    this.element = this.scroller.element;
    walkable(this.list);
    store.on("open", () => this.reopen());
    store.on("messages", (thread, kind, data) => thread === store.open && this.refresh(kind, data));
    store.on("calm", (thread, key) => thread === store.open && this.calm(key));
  }

  reopen() {
    this.drawn.clear();
    if (this.store.open) this.draw();
    this.scroller.toEnd();
  }

  refresh(kind, { message }) {
    this.draw();
    if (kind !== "message") return;
    if (isBy(message, this.store.open.person)) this.scroller.toEnd();
    else this.scroller.news();
  }

  /** Bring the list in line with the thread, keeping every element that is still right. */
  draw() {
    const thread = this.store.open;
    const shown = thread.messages.filter((message) => inTopic(message, thread.topic));
    const refocus = keepFocus(this.list);
    const old = this.drawn;
    const items = timelineItems(shown, thread.person);
    this.drawn = new Map(items.map((item) => [item.key, this.redraw(item, old)]));
    const elements = [...this.drawn.values()].map(({ element }) => element);
    arrange(this.list, shown.length > 0 ? elements : [welcome(thread, this.store)]);
    markEntry(this.list);
    refocus();
  }

  redraw(item, all) {
    const old = all.get(item.key);
    if (old && unchanged(old.item, item)) return old;
    const element = this.render(item);
    if (old) keepImages(old.element, element);
    if (old && !sameMessages(old.item, item)) element.classList.add("changed");
    if (!old && all.size > 0) element.classList.add("fresh");
    return { item, element };
  }

  render(item) {
    if (item.kind === "day") return pill("day", item.label);
    if (item.kind === "service") return pill("service", serviceText(item.messages[0]));
    return bubble(item, this.view());
  }

  /** What a bubble may ask of its surroundings. */
  view() {
    const { store } = this;
    const { open: thread } = store;
    return {
      thread,
      store,
      reply: (message) => store.setReply(thread, message),
      openPicture: (message) => this.openPicture(message),
      jump: (id) => this.jump(id),
      menu: (message, row, at) => messageMenu(message, thread, store, at, picture(message)),
    };
  }

  /** A pressed button got its answer. */
  calm(key) {
    const button = this.list.querySelector(`.inline[data-key="${CSS.escape(key)}"]`);
    button?.classList.remove("busy");
    button?.removeAttribute("aria-busy");
  }

  openPicture(message) {
    const pictured = this.store.open.messages.filter(picture);
    openLightbox(pictured.map(picture), pictured.indexOf(message));
  }

  jump(id) {
    const contains = ({ item }) => item.messages.some((message) => message.message_id === id);
    const found = [...this.drawn.values()].find(contains)?.element;
    if (!found) return;
    found.scrollIntoView({ block: "center", behavior: "smooth" });
    found.classList.add("flash");
    setTimeout(() => found.classList.remove("flash"), 1500); // as long as the style sheet's animation
  }
}

function pill(kind, words) {
  return h("div", { class: `pill ${kind}` }, h("span", { dir: "auto" }, words));
}

function inTopic(message, topic) {
  return topic === null || (message.message_thread_id ?? 0) === topic;
}

function unchanged(one, other) {
  const looks = ["first", "last", "label"];
  return sameMessages(one, other) && looks.every((name) => one[name] === other[name]);
}

function sameMessages(one, other) {
  return one.messages.length === other.messages.length && one.messages.every((it, at) => it === other.messages[at]);
}

/** Pictures that are shown again keep their element, so that nothing flickers. */
function keepImages(from, to) {
  const loaded = new Map([...from.querySelectorAll("img")].map((image) => [image.src, image]));
  for (const image of to.querySelectorAll("img")) {
    const old = loaded.get(image.src);
    if (old) image.replaceWith(old);
  }
}
