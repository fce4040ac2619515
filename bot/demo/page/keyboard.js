/** Inline keyboards: a pressed button shows progress until the bot has answered. */

import * as api from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { alertBox, complain, toast } from "./overlays.js";

const GIVE_UP_MS = 15_000; // then the button is quiet again even without an answer
const KEPT_ANSWERS = 50; // answers that came before we knew what they answer

const waiting = new Map(); // callback id → what to do once it is answered
const early = new Set(); // callback ids answered before the press returned

/** Listen for the bot's answers to pressed buttons. */
export function startAnswers(store) {
  store.on("answer", ({ callback_id: id, text, show_alert: alert }) => {
    if (text && alert) alertBox(store.bot.first_name, text);
    else if (text) toast(text);
    if (waiting.has(id)) return waiting.get(id)();
    early.add(id);
    if (early.size > KEPT_ANSWERS) early.delete(early.values().next().value);
  });
}

/** The buttons under a message, or null. */
export function keyboard(message, thread, store) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "keyboard", role: "group", aria: { label: "Buttons" } },
    rows.map((row) => h("div", { class: "keyboard-row" },
      row.map((button) => inlineButton(button, message, thread, store)))));
}

function inlineButton(button, message, thread, store) {
  if (button.url) {
    return h("a", { class: "inline", href: safeUrl(button.url), target: "_blank", rel: "noopener noreferrer" },
      button.text, icon("link"));
  }
  if (button.copy_text) {
    const copy = () => navigator.clipboard.writeText(button.copy_text.text).then(() => toast("Copied"));
    return h("button", { class: "inline", type: "button", onclick: copy }, button.text, icon("copy"));
  }
  return callbackButton(button, message, thread, store);
}

function callbackButton(button, message, thread, store) {
  const data = button.callback_data;
  const key = `${message.message_id}:${data}`;
  const busy = thread.pressed.has(key);
  return h("button", {
    type: "button",
    class: busy ? "inline busy" : "inline",
    dir: "auto",
    disabled: data === undefined,
    aria: busy ? { busy: "true" } : {},
    data: { key },
    onclick: (event) => !thread.pressed.has(key) && press(event.currentTarget, key, message, data, thread, store),
  }, button.text);
}

async function press(element, key, message, data, thread, store) {
  thread.pressed.add(key);
  element.classList.add("busy");
  element.setAttribute("aria-busy", "true");
  const calm = () => {
    thread.pressed.delete(key);
    store.tell("calm", thread, key);
  };
  try {
    const { callback_id: id } = await api.press(thread, message.message_id, data);
    settle(id, calm);
  } catch (error) {
    calm();
    complain(error);
  }
}

function settle(id, calm) {
  if (early.delete(id)) return calm();
  const timer = setTimeout(() => waiting.get(id)?.(), GIVE_UP_MS);
  waiting.set(id, () => {
    clearTimeout(timer);
    waiting.delete(id);
    calm();
  });
}

function safeUrl(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url && ["http:", "https:"].includes(url.protocol) ? url.href : null;
}
