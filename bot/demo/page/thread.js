/** One chat as one person sees it: its messages and what is being written there. */

const ACTION_MS = 5000; // a chat action is shown for five seconds, as in Telegram

export class Thread {
  constructor(person, chat) {
    this.person = person;
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
    if (!forced || message.from?.id === this.person) return false;
    return !forced.selective || this.concerns(message);
  }

  concerns(message) {
    if (message.chat.type === "private") return true;
    if (message.reply_to_message?.from?.id === this.person) return true;
    const entities = [...(message.entities ?? []), ...(message.caption_entities ?? [])];
    return entities.some((entity) => entity.user?.id === this.person);
  }
}
