/**
 * Where one writes: text, commands, attachments, and what is being answered or edited.
 *
 * The parts beside the text box have their own files: commands, samples, attachments.
 */

import * as api from "./api.js";
import { attachMenu, fileInputs } from "./attach.js";
import { CommandList } from "./commands.js";
import { fill, h } from "./dom.js";
import { setBlocked } from "./header.js";
import { icon } from "./icons.js";
import { complain } from "./overlays.js";
import { replyBar } from "./replybar.js";
import { SampleStrip } from "./samples.js";
import { isBy } from "./sender.js";

const TALLEST = 180; // pixels the text box grows to
const POINTER = matchMedia("(hover: hover)"); // elsewhere the focus would open a keyboard on the screen

export class Composer {
  /** `preview(files, as, caption)` shows chosen files before they are sent. */
  constructor(store, preview) {
    this.store = store;
    this.input = h("textarea", { rows: "1", dir: "auto", aria: { label: "Message" }, enterkeyhint: "send",
      maxlength: "4096", autocomplete: "off" });
    this.commands = new CommandList(store, this.input, (command, send) => this.pick(command, send));
    this.samples = new SampleStrip(store, (files) => this.sendFiles(files, "photo"));
    this.files = fileInputs((files, as) => preview(files, as));
    this.element = h("footer", { class: "composer" }, this.samples.element,
      h("div", { class: "dock" }, this.commands.element, replyBar(store, this.input), this.bar(), this.startBar()));
    this.listen();
  }

  bar() {
    this.send = h("button", { type: "submit", class: "round send", aria: { label: "Send" } }, icon("send"));
    return h("form", { class: "bar", onsubmit: (event) => this.submit(event) },
      h("button", { type: "button", class: "menu-button", aria: { label: "Commands of the bot" },
        onclick: () => this.commands.toggle() }, icon("commands"), h("span", null, "Menu")),
      h("div", { class: "field" },
        h("button", { type: "button", class: "round", aria: { label: "Attach", haspopup: "menu" },
          onclick: (event) => attachMenu(event.currentTarget, this.store, this.files) }, icon("attach")),
        this.input,
        this.samples.button),
      this.send, this.files.elements);
  }

  /** In place of the text box: start an empty chat, or unblock the bot. */
  startBar() {
    this.start = h("button", { type: "button", class: "start", onclick: () => this.begin() });
    return this.start;
  }

  listen() {
    this.input.addEventListener("input", () => this.changed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.store.on("open", (thread) => thread && this.open(thread));
    for (const kind of ["messages", "blocked"]) {
      this.store.on(kind, (thread) => thread === this.store.open && this.showMode());
    }
    this.store.on("reply", (thread) => thread === this.store.open && this.answerChanged(thread));
  }

  open(thread) {
    this.input.value = thread.draft;
    this.showMode();
    this.answerChanged(thread);
    this.changed();
    if (POINTER.matches && !document.activeElement?.closest(".writers")) this.input.focus();
  }

  showMode() {
    const thread = this.store.open;
    const fresh = thread.messages.length === 0 && !this.store.isGroup(thread);
    this.element.dataset.mode = thread.blocked || fresh || thread.start !== null ? "start" : "write";
    fill(this.start, thread.blocked ? "Unblock the bot" : "Start");
    this.grow();
  }

  begin() {
    const thread = this.store.open;
    if (thread.blocked) return setBlocked(this.store, thread, false);
    const command = `/start ${thread.start ?? ""}`.trim();
    thread.start = null;
    this.showMode();
    return this.say(thread, command);
  }

  answerChanged(thread) {
    const { editing, reply } = thread;
    if (editing) this.write(editing.text ?? editing.caption ?? "");
    this.input.placeholder = reply?.force_reply?.input_field_placeholder ?? "Message";
    if (editing || reply) this.input.focus();
  }

  /** Put `text` into the box as if it had been typed. */
  write(text) {
    this.input.value = text;
    this.input.setSelectionRange(text.length, text.length);
    this.changed();
  }

  changed() {
    this.store.open.draft = this.input.value;
    this.grow();
    this.send.disabled = this.input.value.trim() === "";
    this.commands.typed(this.input.value);
  }

  /** Make the box as tall as its text. */
  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(TALLEST, this.input.scrollHeight)}px`;
  }

  key(event) {
    if (event.isComposing || this.commands.key(event)) return;
    const { open: thread } = this.store;
    if (event.key === "Enter" && !event.shiftKey) this.submit(event);
    else if (event.key === "Escape") this.leaveAnswer(thread);
    else if (event.key === "ArrowUp" && this.input.value === "") this.editLast(event, thread);
  }

  leaveAnswer(thread) {
    if (thread.editing) this.write("");
    this.store.setReply(thread, null);
  }

  editLast(event, thread) {
    const own = thread.messages.findLast((message) => isBy(message, thread.person));
    if (!own?.text) return;
    event.preventDefault();
    this.store.setEditing(thread, own);
  }

  pick(command, send) {
    const { open: thread } = this.store;
    this.write(send ? "" : `${command} `);
    if (send) this.say(thread, command);
    else this.input.focus();
  }

  async submit(event) {
    event.preventDefault();
    const { open: thread } = this.store;
    const text = this.input.value.trim();
    if (text === "") return;
    this.write("");
    const sent = await (thread.editing ? this.change(thread, text) : this.say(thread, text));
    if (!sent && thread === this.store.open) this.write(text);
  }

  /** Send a text in answer to whatever is being answered. */
  say(thread, text) {
    return this.attempt(thread, (context) => api.sendText(thread, text, context));
  }

  change(thread, text) {
    const { editing } = thread;
    const change = editing.text === undefined ? { caption: text } : { text };
    return this.attempt(thread, () => api.edit(thread, editing.message_id, change));
  }

  /** Send files with the text in the box (or `caption`) as their caption. */
  async sendFiles(files, as, caption = this.written()) {
    const { open: thread } = this.store;
    const sent = await this.attempt(thread, (context) =>
      api.sendFiles(thread, files, as, { caption, ...context }));
    if (sent && thread === this.store.open) this.write("");
    return sent;
  }

  /** What a caption would be: the text in the box, unless it belongs to another message. */
  written() {
    return this.store.open.editing ? "" : this.input.value.trim();
  }

  /** Where it goes: a reply follows its message, whatever topic is on screen. */
  context({ reply, topic }) {
    if (reply) return { reply_to: reply.message_id };
    return topic ? { topic } : {};
  }

  /**
   * Do it; false if it was refused, which has then been told. What was answered or edited
   * is left at once: the bot may ask for the next reply any moment.
   */
  async attempt(thread, act) {
    const { reply, editing } = thread;
    this.element.setAttribute("aria-busy", "true");
    const sending = act(this.context(thread));
    this.store.setReply(thread, null);
    try {
      await sending;
      return true;
    } catch (error) {
      if (editing) this.store.setEditing(thread, editing);
      else this.store.setReply(thread, reply);
      complain(error);
      return false;
    } finally {
      this.element.removeAttribute("aria-busy");
    }
  }
}
