/** What an empty chat says: what the bot is for and how to begin. */

import { botAvatar } from "./avatar.js";
import { h } from "./dom.js";

/** The card in a thread without messages. */
export function welcome(thread, store) {
  const { bot } = store;
  const name = store.people.get(thread.person).first_name;
  const group = store.isGroup(thread);
  const text = group
    ? "Write as any member of this group, and answer each other's photos."
    : (bot.description || `You are ${name}. Press Start, or send a photo to begin.`);
  return h("section", { class: "welcome" }, botAvatar("large"), h("strong", null, bot.first_name),
    h("p", { dir: "auto" }, text));
}
