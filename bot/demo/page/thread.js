/** One chat as one person sees it: its messages and what is being written there. */

import { isBy } from "./sender.js";

const ACTION_MS = 5000; // a chat action is shown for five seconds, as in Telegram

export class Thread {
  constructor(person, chat) {
    this.person = person.id;
    this.mention = `@${person.username}`.toLowerCase();
    this.chat = chat.id;
    this.blocked = chat.blocked; // whether the person lets the bot write
    this.messages = []; // by message id
    this.gone = new Set(); // ids of deleted messages
    this.unread = 0;
    this.topic = null;
    this.action = null; // what the bot is doing just now
    this.draft = "";
    this.reply = null;
    this.editing = null;
    this.start = null; // what a link wants to be said to the bot with /start
    this.pressed = new Set(); // buttons that wait for their answer, "message id:data"
  }

  /** Take in what the server has; newer things may already have been told. */
  load(messages) {
    for (const message of messages) this.put(message);
    const last = this.messages.at(-1);
    if (last && this.asksToReply(last)) this.reply = last;
  }

  /** Add a message, or let it replace an older version of itself; false if it is old news. */
  put(message) {
    if (this.gone.has(message.message_id)) return false;
    const found = this.messages.findIndex((one) => one.message_id >= message.message_id);
    const place = found < 0 ? this.messages.length : found;
    const known = this.messages[place];
    const same = known?.message_id === message.message_id;
    if (same && known.seen_seq >= message.seen_seq) return false;
    this.messages.splice(place, same ? 1 : 0, message);
    return true;
  }

  /** Take a message away. */
  remove(messageId) {
    this.gone.add(messageId);
    this.messages = this.messages.filter((message) => message.message_id !== messageId);
  }

  /** The bot started doing something (null: it stopped); `after` is called when it is over. */
  act(action, after) {
    clearTimeout(this.actionTimer);
    this.action = action;
    if (!action) return;
    this.actionTimer = setTimeout(() => {
      this.action = null;
      after();
    }, ACTION_MS);
  }

  find(messageId) {
    return this.messages.find((message) => message.message_id === messageId);
  }

  /** Whether the message opens this person's reply box by itself (a forced reply). */
  asksToReply(message) {
    const forced = message.force_reply;
    if (!forced || isBy(message, this.person)) return false;
    return !forced.selective || this.concerns(message);
  }

  /** Whether the message answers or mentions this person: the Bot API's "selective". */
  concerns(message) {
    if (message.chat.type === "private") return true;
    const answered = this.find(message.reply_to_message?.message_id);
    if (answered && isBy(answered, this.person)) return true;
    const text = message.text ?? message.caption ?? "";
    const entities = message.entities ?? message.caption_entities ?? [];
    return entities.some(({ type, user, offset, length }) => user?.id === this.person
      || (type === "mention" && text.slice(offset, offset + length).toLowerCase() === this.mention));
  }
}
