/** One bubble: a message or an album, with everything in and under it. */

import { avatar, botAvatar, nameClass } from "./avatar.js";
import { contentKind, describe, spokenLabel, thumbnail } from "./describe.js";
import { fileUrl } from "./api.js";
import { h } from "./dom.js";
import { rich } from "./entities.js";
import { icon } from "./icons.js";
import { keyboard } from "./keyboard.js";
import { media, photoWidth } from "./media.js";
import { senderOf } from "./sender.js";
import { clockTime } from "./time.js";

const BIG_EMOJI = /^(?:\p{Extended_Pictographic}\uFE0F?){1,3}$/u;

/**
 * Draw the bubble of `item` (`{messages, own, first, last}`) in `view`
 * (`{thread, store, openPicture, jump, menu}`).
 */
export function bubble(item, view) {
  const { messages, own, first, last } = item;
  const lead = messages[0];
  const classes = ["row", own ? "out" : "in", first && "first", last && "last"];
  const name = own ? "You" : view.store.nameOf(senderOf(lead));
  const group = view.store.isGroup(view.thread);
  const element = h("article", {
    class: classes.filter(Boolean).join(" "),
    data: { id: lead.message_id },
    tabindex: "-1",
    aria: { label: spokenLabel(lead, name) },
  }, !own && group && faceOf(lead, last, view.store), own && answer(lead, view), column(item, view),
  !own && answer(lead, view));
  element.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    view.menu(lead, element, { x: event.clientX, y: event.clientY });
  });
  element.addEventListener("dblclick", (event) => !event.target.closest("button, a") && view.reply(lead));
  return element;
}

function faceOf(message, last, store) {
  if (!last) return h("span", { class: "avatar-space" });
  const from = senderOf(message);
  return from.id === store.bot.id ? botAvatar("small") : avatar(from.id, store.nameOf(from), "small");
}

/** The button beside a bubble that answers it. */
function answer(message, view) {
  return h("button", { type: "button", class: "round answer", tabindex: "-1", title: "Reply",
    aria: { label: "Reply" }, onclick: () => view.reply(message) }, icon("reply"));
}

function column(item, view) {
  const { messages } = item;
  const lead = messages[0];
  const pictures = messages.every((message) => message.photo);
  const keys = keyboard(messages.at(-1), view.thread, view.store);
  const width = pictures ? { width: `${messages.length > 1 ? 420 : photoWidth(lead.photo.at(-1))}px` } : {};
  return h("div", { class: keys ? "column keyed" : "column", style: width },
    h("div", { class: bubbleClasses(item, view) }, ...inside(item, view), actions(lead, view)), keys);
}

function bubbleClasses({ messages }, { store, thread }) {
  const said = messages.find((message) => message.text ?? message.caption);
  const pictures = messages.every((message) => message.photo);
  const bare = !said && (pictures || messages[0].sticker) && !quoted(messages[0]) && !store.isGroup(thread);
  const huge = messages[0].sticker || BIG_EMOJI.test(messages[0].text ?? "");
  return ["bubble", pictures && "pictures", bare && "bare", huge && "huge"].filter(Boolean).join(" ");
}

function inside(item, view) {
  const { messages, own, first } = item;
  const lead = messages[0];
  const said = messages.find((message) => message.text ?? message.caption) ?? lead;
  return [
    first && (own ? lead.sender_chat : view.store.isGroup(view.thread)) && sender(lead, view),
    !lead.is_automatic_forward && forwarded(lead),
    quoted(lead) && quote(lead.reply_to_message, view),
    media(messages, view.openPicture),
    words(said, messages.at(-1), own, view),
  ];
}

function sender(message, { store, thread }) {
  const from = senderOf(message);
  const role = message.is_automatic_forward ? "channel" : message.sender_chat ? "anonymous" : store.roleOf(from, thread);
  const topic = thread.topic === null && store.topicOf(message);
  return h("div", { class: `sender ${nameClass(from)}` }, h("span", { dir: "auto" }, store.nameOf(from)),
    topic && h("span", { class: "role", dir: "auto" }, topic), role && h("span", { class: "role" }, role));
}

/** In a topic everything that answers nothing else answers what opened the topic. */
function quoted({ reply_to_message: original }) {
  return original && !original.forum_topic_created;
}

function forwarded({ forward_origin: origin }) {
  if (!origin) return null;
  const name = origin.sender_user?.first_name ?? origin.sender_user_name ?? origin.chat?.title ?? "somebody";
  return h("div", { class: "forwarded" }, `Forwarded from ${name}`);
}

/** The message that is answered, in a few words; a press jumps to it. */
function quote(original, view) {
  const user = senderOf(original);
  const small = thumbnail(original);
  const jump = () => view.jump(original.message_id);
  return h("button", { type: "button", class: `quote ${nameClass(user)}`, onclick: jump },
    small && h("img", { src: fileUrl(small), alt: "" }),
    h("span", null, h("strong", { dir: "auto" }, view.store.nameOf(user)),
      h("span", { class: "line", dir: "auto" }, describe(original))));
}

function words(said, latest, own, view) {
  const text = said.text ?? said.caption ?? "";
  const stamp = meta(latest, own, view);
  if (!text) return h("div", { class: contentKind(said) === "photo" ? "stamp over" : "stamp" }, stamp);
  const entities = said.text === undefined ? said.caption_entities : said.entities;
  return h("div", { class: "text", dir: "auto" }, rich(text, entities), stamp);
}

function meta(message, own, { store }) {
  const edited = message.edit_date && message.from?.id !== store.bot.id;
  const date = new Date(message.date * 1000);
  return h("span", { class: "meta" }, edited && "edited ",
    h("time", { datetime: date.toISOString(), title: date.toLocaleString("en") }, clockTime(message.date)),
    own && icon("checks"));
}

function actions(message, view) {
  return h("button", {
    type: "button",
    class: "more",
    tabindex: "-1",
    aria: { label: "Message menu", haspopup: "menu" },
    onclick: (event) => view.menu(message, event.currentTarget.closest(".row"), event.currentTarget),
  }, icon("down"));
}
