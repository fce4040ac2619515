/** The bot's commands: behind the menu button, and while a "/" is being typed. */

import * as api from "./api.js";
import { fill, h } from "./dom.js";
import { complain, toast } from "./overlays.js";

const TYPING = /^\/\w*$/;

export class CommandList {
  /** `pick(command, send)` is called with the chosen one; `send`: at once, not only typed. */
  constructor(store, input, pick) {
    this.store = store;
    this.input = input;
    this.pick = pick;
    this.all = [];
    this.marked = -1;
    this.element = h("ul", { class: "commands card", id: "commands", role: "listbox", hidden: true,
      aria: { label: "Commands" } });
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", "commands");
    document.addEventListener("pointerdown", (event) => !this.near(event.target) && this.hide());
    store.on("open", () => this.hide());
  }

  near(target) {
    return this.element.contains(target) || target === this.input || target.closest(".menu-button");
  }

  async toggle() {
    if (!this.element.hidden) return this.hide();
    await this.fetch();
    this.show(this.all);
    this.input.focus();
    if (this.all.length === 0) toast("The bot offers no commands here.");
  }

  /** The text changed: offer what it may become. */
  async typed(text) {
    if (!TYPING.test(text)) return this.hide();
    if (this.element.hidden) await this.fetch(); // each chat and member has their own
    if (this.input.value !== text) return;
    const typed = text.slice(1).toLowerCase();
    this.show(this.all.filter(({ command }) => command.startsWith(typed)));
  }

  /** Use a key for the list; false if it means something else. */
  key(event) {
    if (this.element.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.mark((this.marked + step + this.shown.length) % this.shown.length);
    else if (event.key === "Escape") this.hide();
    else if (event.key === "Tab" && !event.shiftKey) this.choose(this.shown[Math.max(0, this.marked)], false);
    else if (event.key === "Enter" && this.marked >= 0) this.choose(this.shown[this.marked], true);
    else return false;
    event.preventDefault();
    return true;
  }

  async fetch() {
    try {
      this.all = (await api.commands(this.store.open)).commands;
    } catch (error) {
      complain(error);
    }
  }

  show(commands) {
    this.shown = commands;
    this.marked = -1;
    fill(this.element, commands.map((command, index) => this.entry(command, index)));
    this.setOpen(commands.length > 0);
  }

  hide() {
    this.setOpen(false);
  }

  setOpen(open) {
    this.element.hidden = !open;
    if (!open) this.input.removeAttribute("aria-activedescendant");
  }

  mark(index) {
    this.marked = index;
    [...this.element.children].forEach((entry, at) => entry.setAttribute("aria-selected", String(at === index)));
    this.element.children[index].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", `command-${index}`);
  }

  entry(command, index) {
    return h("li", { role: "option", id: `command-${index}`, aria: { selected: "false" },
      onclick: () => this.choose(command, true) },
    h("b", null, `/${command.command}`), h("span", { dir: "auto" }, command.description));
  }

  choose({ command }, send) {
    const { open: thread, bot } = this.store;
    this.hide();
    this.pick(this.store.isGroup(thread) ? `/${command}@${bot.username}` : `/${command}`, send);
  }
}
