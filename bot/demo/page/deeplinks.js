/** Links that lead into the chats of this page instead of to the real Telegram. */

import * as api from "./api.js";
import { complain, openMenu } from "./overlays.js";

const HOSTS = new Set(["t.me", "telegram.me"]);

/** Follow links to the bot that are pressed in `element`; `choose(thread)` opens a chat. */
export function followLinks(element, store, choose) {
  element.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const wanted = link && toBot(link.href, store.bot.username);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.has("startgroup")) return chooseGroup(store, link, wanted.get("startgroup"), choose);
    const { person } = store.open;
    const thread = store.thread(person, person);
    thread.start = wanted.get("start");
    return choose(thread);
  });
}

/** What a link asks of the bot, or null if it leads elsewhere. */
function toBot(address, username) {
  const url = new URL(address);
  const named = url.pathname.slice(1).toLowerCase() === username.toLowerCase();
  return HOSTS.has(url.hostname) && named ? url.searchParams : null;
}

/** Add the bot to a group of one's own and start it there. */
function chooseGroup(store, link, payload, choose) {
  const { person } = store.open;
  const groups = [...store.chats.values()].filter((chat) => chat.type !== "private" && chat.members.includes(person));
  openMenu(groups.map((chat) => ({
    icon: "group",
    label: `Add to ${chat.title}`,
    act: () => startIn(chat, store.thread(person, chat.id), payload, store).then(choose, complain),
  })), link);
}

async function startIn(chat, thread, payload, store) {
  if (["left", "kicked"].includes(chat.bot)) await api.setBot(chat.id, "member", [], thread.person);
  await api.sendText(thread, `/start@${store.bot.username} ${payload}`.trim(), {});
  return thread;
}
