/** The left column: every chat of the demo, newest first in sight. */

import { avatar, botAvatar } from "./avatar.js";
import { describe, serviceText, thumbnail } from "./describe.js";
import { fileUrl } from "./api.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { shortTime } from "./time.js";

const ACTIONS = { typing: "typing…", upload_photo: "sending a photo…", upload_document: "sending a file…" };
const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language" });

/** "typing…" and the like, or null. */
export function actionText(thread) {
  return thread.action && (ACTIONS[thread.action] ?? "busy…");
}

/** The list; `choose(thread)` is called when a chat is opened. */
export function chatList(store, choose) {
  const entries = [...store.chats.values()].map((chat) => ({ chat, button: entry(chat, store, choose) }));
  const draw = () => entries.forEach(({ chat, button }) => show(chat, button, store));
  for (const kind of ["messages", "status", "open"]) store.on(kind, draw);
  draw();
  return h("ul", { class: "chats" }, entries.map(({ button }) => h("li", null, button)));
}

function entry(chat, store, choose) {
  const open = () => choose(store.threadOf(chat));
  return h("button", { type: "button", class: "chat", data: { chat: chat.id }, onclick: open });
}

function show(chat, button, store) {
  const thread = store.threadOf(chat);
  const person = store.people.get(chat.id);
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
  const own = last.from?.id === thread.person;
  const named = !serviceText(last) && (store.isGroup(thread) || own);
  const small = thumbnail(last);
  return h("span", { class: "line", dir: "auto" },
    named && h("span", { class: "who" }, `${own ? "You" : store.nameOf(last.from ?? last.chat)}: `),
    small && h("img", { src: fileUrl(small), alt: "" }), describe(last));
}

function badge(count) {
  return count > 0 && h("span", { class: "badge", aria: { label: `${count} unread` } }, String(count));
}
