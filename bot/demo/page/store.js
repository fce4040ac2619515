/**
 * What the page knows: people, chats and messages. Views read it and are told of changes.
 *
 * A thread is a chat as one person sees it. A group has one thread per member, and the
 * page shows that of the member one writes as.
 */

import { isBy } from "./sender.js";
import { Thread } from "./thread.js";

export class Store {
  constructor({ bot, privacy, people, chats }) {
    this.bot = bot;
    this.privacy = privacy; // whether the bot sees only what is meant for it in groups
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
    const added = members.filter(({ id }) => !this.thread(id, chat.id)).map((person) => new Thread(person, chat));
    for (const thread of added) this.threads.set(`${thread.person}/${chat.id}`, thread);
    if (chat.type !== "private" && !chat.members.includes(this.writers.get(chat.id))) {
      this.writers.set(chat.id, members[0]?.id);
    }
    return added;
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

  /** The name of the topic a message is in, or nothing. */
  topicOf({ chat, message_thread_id: thread }) {
    return this.chats.get(chat.id)?.topics?.find(({ id }) => id === thread)?.name;
  }

  /** What a user is in the chat of a thread: "owner", "admin" or nothing. */
  roleOf(user, thread) {
    const chat = this.chatOf(thread);
    const role = user.id === this.bot.id ? chat.bot : chat.roles?.[user.id];
    return { creator: "owner", administrator: "admin" }[role] ?? "";
  }

  /** Be told of a kind of change: "messages", "status", "open", "answer", "reply", "chat", … */
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
    if (kind === "chat") return this.change(data.chat, data.moved_to);
    for (const person of data.people) {
      const thread = this.thread(person, data.chat_id);
      if (thread) this.happen(thread, kind, data); // else: somebody who joins just now, see change()
    }
  }

  /** A group changed: who is there and as what, or, if it moved, where it goes on. */
  change(chat, movedTo) {
    const moved = movedTo !== null;
    if (moved) this.chats.delete(chat.id);
    else this.chats.set(chat.id, chat);
    const gone = [...this.threads.entries()].filter(([, thread]) =>
      thread.chat === chat.id && (moved || !chat.members.includes(thread.person)));
    for (const [key] of gone) this.threads.delete(key);
    const added = moved ? [] : this.addThreads(chat);
    this.tell("chat", added);
    if (gone.some(([, thread]) => thread === this.open)) this.tell("lost", this.chats.get(movedTo ?? chat.id));
  }

  happen(thread, kind, data) {
    if (kind === "action") {
      thread.act(data.action, () => this.tell("status", thread));
      return this.tell("status", thread);
    }
    if (kind === "deleted") this.forget(thread, data.message_id);
    else if (!thread.put(data.message)) return;
    if (kind === "message") this.notice(thread, data.message);
    this.tell("messages", thread, kind, data);
  }

  forget(thread, messageId) {
    thread.remove(messageId);
    if ((thread.editing ?? thread.reply)?.message_id === messageId) this.setReply(thread, null);
  }

  notice(thread, message) {
    const own = isBy(message, thread.person);
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
