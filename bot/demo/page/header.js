/** The bar over the messages: who one talks to, what the bot is doing, who one writes as. */

import * as api from "./api.js";
import { avatar, botAvatar } from "./avatar.js";
import { actionText } from "./chatlist.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { manage } from "./manage.js";
import { complain, openMenu, toast } from "./overlays.js";
import { isDark, toggleTheme } from "./theme.js";

/** The header; `leave()` goes back to the list of chats, `choose(thread)` opens another. */
export function chatHeader(store, leave, choose) {
  const header = h("header", { class: "chat-header" });
  const draw = () => {
    if (!store.open || !store.chatOf(store.open)) return;
    const choosing = document.activeElement?.closest(".writers");
    fill(header, ...parts(store, leave, choose));
    if (choosing) header.querySelector(".writer :checked")?.focus();
  };
  store.on("open", draw);
  store.on("connected", draw);
  store.on("blocked", draw);
  store.on("chat", draw);
  store.on("status", (thread) => {
    if (thread === store.open) fill(header.querySelector(".status"), status(store));
  });
  return header;
}

function parts(store, leave, choose) {
  const chat = store.chatOf(store.open);
  const group = store.isGroup(store.open);
  return [
    h("button", { type: "button", class: "round leave", aria: { label: "Back to the chats" }, onclick: leave },
      icon("back")),
    group ? avatar(chat.id, chat.title, "medium group") : botAvatar("medium"),
    h("div", { class: "title" }, h("h1", { dir: "auto" }, group ? chat.title : store.bot.first_name),
      h("p", { class: "status", aria: { live: "polite" } }, status(store))),
    group ? writers(store, chat, choose) : null,
    group ? null : owner(store),
    h("button", { type: "button", class: "round", aria: { label: "Chat menu", haspopup: "menu" },
      onclick: (event) => chatMenu(store, event.currentTarget) }, icon("dots")),
  ];
}

function status(store) {
  if (!store.connected) return "connecting…";
  const doing = actionText(store.open);
  if (doing) return h("span", { class: "doing" }, doing);
  if (!store.isGroup(store.open)) return "bot";
  const chat = store.chatOf(store.open);
  const bot = ["left", "kicked"].includes(chat.bot) ? "the bot is not here" : store.bot.first_name;
  return [...store.membersOf(chat).map((person) => person.first_name), bot].join(", ");
}

function owner(store) {
  const person = store.people.get(store.open.person);
  return h("span", { class: "owner", title: `You are ${person.first_name}` },
    h("span", null, "You are ", h("strong", null, person.first_name)), avatar(person.id, person.first_name, "small"));
}

function writers(store, chat, choose) {
  return h("div", { class: "writers", role: "radiogroup", aria: { label: "Write as" } },
    h("span", { class: "writers-label", aria: { hidden: "true" } }, "Write as"),
    store.membersOf(chat).map((person) => writer(person, store, chat, choose)));
}

function writer(person, store, chat, choose) {
  const change = () => choose(store.thread(person.id, chat.id));
  const hidden = chat.anonymous.includes(person.id);
  const title = hidden ? `${person.first_name} writes as ${chat.title}` : `Write as ${person.first_name}`;
  return h("label", { class: "writer", title },
    h("input", { type: "radio", name: "writer", checked: store.open.person === person.id, onchange: change }),
    hidden ? avatar(chat.id, chat.title, "small") : avatar(person.id, person.first_name, "small"),
    h("span", null, person.first_name));
}

function chatMenu(store, button) {
  const thread = store.open;
  const blocked = thread.blocked;
  const items = [
    store.isGroup(thread) && { icon: "group", label: "Manage the group…", act: () => manage(store, thread.chat) },
    { icon: isDark() ? "sun" : "moon", label: isDark() ? "Light colours" : "Dark colours", act: toggleTheme },
    !store.isGroup(thread) && { icon: "block", label: blocked ? "Unblock the bot" : "Block the bot",
      danger: !blocked, act: () => setBlocked(store, thread, !blocked) },
  ];
  openMenu(items.filter(Boolean), button);
}

/** Block or unblock the bot in a private chat. */
export async function setBlocked(store, thread, blocked) {
  try {
    await api.setBlocked(thread.person, blocked);
    thread.blocked = blocked;
    toast(blocked ? "The bot can no longer write to you." : "The bot can write to you again.");
    store.tell("blocked", thread);
  } catch (error) {
    complain(error);
  }
}
