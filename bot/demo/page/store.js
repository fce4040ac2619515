/**
 * What the page knows: people, chats and messages. Views read it and are told of changes.
 *
 * A thread is a chat as one person sees it. A group has one thread per member, and the
 * page shows that of the member one writes as.
 */

import { Thread } from "./thread.js";

export class Store {
  constructor({ bot, people, chats }) {
    this.bot = bot;
    this.people = new Map(people.map((person) => [person.id, person]));
    this.chats = new Map(chats.map((chat) => [chat.id, chat]));
    this.threads = new Map();
    this.writers = new Map(); // group id → the member one writes as
    this.open = null; // the thread on screen
    this.connected = true;
    this.listeners = new Map();
    for (const chat of chats) this.addThreads(chat);
  }

  addThreads(chat) {
    const members = this.membersOf(chat);
    for (const { id } of members) this.threads.set(`${id}/${chat.id}`, new Thread(id, chat));
    if (chat.type !== "private") this.writers.set(chat.id, members[0]?.id);
  }

  /** The people (not the bot) in a chat. */
  membersOf(chat) {
    if (chat.type === "private") return [this.people.get(chat.id)];
    return chat.members.map((id) => this.people.get(id)).filter(Boolean);
  }

  thread(person, chat) {
    return this.threads.get(`${person}/${chat}`);
  }

  /** The thread a chat shows: its person's, or that of the member one writes as. */
  threadOf(chat) {
    return this.thread(chat.type === "private" ? chat.id : this.writers.get(chat.id), chat.id);
  }

  chatOf(thread) {
    return this.chats.get(thread.chat);
  }

  isGroup(thread) {
    return this.chatOf(thread).type !== "private";
  }

  nameOf(user) {
    return user.id === this.bot.id ? this.bot.first_name : (user.first_name ?? user.title ?? "");
  }

  /** Be told of a kind of change: "messages", "status", "open", "answer", "reply", "connected", … */
  on(kind, listener) {
    const listeners = this.listeners.get(kind) ?? [];
    this.listeners.set(kind, [...listeners, listener]);
  }

  tell(kind, ...details) {
    for (const listener of this.listeners.get(kind) ?? []) listener(...details);
  }

  /** Show a thread; null goes back to the list of chats. */
  show(thread) {
    this.open = thread;
    if (thread) {
      thread.unread = 0;
      if (this.isGroup(thread)) this.writers.set(thread.chat, thread.person);
    }
    this.tell("open", thread);
  }

  /** Take in one event of the live stream. */
  receive(kind, data) {
    if (kind === "answer") return this.tell("answer", data);
    for (const person of data.people) {
      const thread = this.thread(person, data.chat_id);
      if (thread) this.happen(thread, kind, data);
      else this.tell("stranger"); // a chat or member that came later
    }
  }

  happen(thread, kind, data) {
    if (kind === "action") {
      thread.act(data.action, () => this.tell("status", thread));
      return this.tell("status", thread);
    }
    if (kind === "deleted") thread.remove(data.message_id);
    else if (!thread.put(data.message)) return;
    if (kind === "message") this.notice(thread, data.message);
    this.tell("messages", thread, kind, data);
  }

  notice(thread, message) {
    const own = message.from?.id === thread.person;
    if (!own) thread.act(null);
    if (own) thread.unread = 0;
    else if (thread !== this.open || document.hidden) thread.unread += 1;
    if (thread.asksToReply(message)) this.setReply(thread, message);
    this.tell("status", thread);
  }

  /** Answer a message, or (null) write freely again. */
  setReply(thread, message) {
    thread.reply = message;
    thread.editing = null;
    this.tell("reply", thread);
  }

  /** Change an own message. */
  setEditing(thread, message) {
    thread.editing = message;
    thread.reply = null;
    this.tell("reply", thread);
  }
}
