/** The left column: every chat of the demo, newest first in sight. */

import { avatar, botAvatar } from "./avatar.js";
import { describe, serviceText, thumbnail } from "./describe.js";
import { fileUrl } from "./api.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { isBy, senderOf } from "./sender.js";
import { shortTime } from "./time.js";

const ACTIONS = { typing: "typing…", upload_photo: "sending a photo…", upload_document: "sending a file…" };
const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language" });

/** "typing…" and the like, or null. */
export function actionText(thread) {
  return thread.action && (ACTIONS[thread.action] ?? "busy…");
}

/** The list; `choose(thread)` is called when a chat is opened. */
export function chatList(store, choose) {
  const list = h("ul", { class: "chats" });
  const buttons = new Map(); // chat id → its entry
  const draw = () => [...store.chats.values()].forEach((chat) => show(chat, buttons.get(chat.id), store));
  const rebuild = () => {
    for (const chat of store.chats.values()) if (!buttons.has(chat.id)) buttons.set(chat.id, entry(chat, store, choose));
    fill(list, [...store.chats.keys()].map((id) => h("li", null, buttons.get(id))));
    draw();
  };
  for (const kind of ["messages", "status", "open"]) store.on(kind, draw);
  store.on("chat", rebuild);
  rebuild();
  return list;
}

function entry({ id }, store, choose) {
  const open = () => choose(store.threadOf(store.chats.get(id)));
  return h("button", { type: "button", class: "chat", data: { chat: id }, onclick: open });
}

function show(chat, button, store) {
  const thread = store.threadOf(chat);
  const person = store.people.get(chat.id);
  button.hidden = !thread; // a group that everybody has left
  if (!thread) return;
  const name = person ? person.first_name : chat.title;
  const last = thread.messages.at(-1);
  button.classList.toggle("open", store.open === thread);
  button.setAttribute("aria-current", String(store.open === thread));
  fill(button, face(chat, name, person),
    h("span", { class: "chat-top" },
      h("span", { class: "chat-name" }, h("strong", null, name), person ? tags(person) : icon("group")),
      last && h("time", null, shortTime(last.date))),
    h("span", { class: "chat-bottom" }, preview(thread, last, store), badge(thread.unread)));
}

function face(chat, name, person) {
  return h("span", { class: "face" }, avatar(chat.id, name, person ? "" : "group"), person && botAvatar("tiny"));
}

function tags(person) {
  const english = (person.language_code ?? "en").startsWith("en");
  return [
    person.operator && h("span", { class: "tag" }, "operator"),
    !english && h("span", { class: "tag" }, LANGUAGES.of(person.language_code.split("-")[0])),
  ];
}

function preview(thread, last, store) {
  const doing = actionText(thread);
  if (doing) return h("span", { class: "line doing" }, doing);
  if (!last) return h("span", { class: "line" }, "No messages yet");
  const own = isBy(last, thread.person);
  const named = !serviceText(last) && (store.isGroup(thread) || own);
  const small = thumbnail(last);
  return h("span", { class: "line", dir: "auto" },
    named && h("span", { class: "who" }, `${own ? "You" : store.nameOf(senderOf(last))}: `),
    small && h("img", { src: fileUrl(small), alt: "" }), describe(last));
}

function badge(count) {
  return count > 0 && h("span", { class: "badge", aria: { label: `${count} unread` } }, String(count));
}
