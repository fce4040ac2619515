/** What an empty chat says: what the bot is for and how to begin. */

import { botAvatar } from "./avatar.js";
import { h } from "./dom.js";

/** The card in a thread without messages. */
export function welcome(thread, store) {
  const { bot } = store;
  const person = store.people.get(thread.person);
  const group = store.isGroup(thread);
  const text = group
    ? "Write as any member of this group. Answer a photo with /tryon, or send one with /tryon as its caption."
    : (person.bot_description || `You are ${person.first_name}. Press Start, or send a photo to begin.`);
  return h("section", { class: "welcome" }, botAvatar("large"), h("strong", null, bot.first_name),
    h("p", { dir: "auto" }, text));
}
