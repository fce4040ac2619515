/** A message in one line: for the chat list, quotes and the reply bar. */

import { senderOf } from "./sender.js";
import { clockTime } from "./time.js";

const KINDS = {
  photo: () => "Photo",
  animation: () => "GIF",
  document: (message) => message.document.file_name ?? "File",
  sticker: (message) => `${message.sticker.emoji ?? ""} Sticker`.trim(),
  voice: () => "Voice message",
  video_note: () => "Video message",
  video: () => "Video",
  location: () => "Location",
  contact: (message) => `Contact: ${message.contact.first_name}`,
  poll: (message) => `Poll: ${message.poll.question}`,
};

const SERVICES = {
  new_chat_members: (message, name) => `${name} added ${message.new_chat_members.map(firstName).join(", ")}`,
  left_chat_member: (message, name) =>
    message.left_chat_member.id === message.from?.id
      ? `${name} left the group`
      : `${name} removed ${firstName(message.left_chat_member)}`,
  new_chat_title: (message, name) => `${name} renamed the group to “${message.new_chat_title}”`,
  group_chat_created: (message, name) => `${name} created the group`,
  supergroup_chat_created: (message, name) => `${name} created the group`,
  new_chat_photo: (message, name) => `${name} changed the group's photo`,
  delete_chat_photo: (message, name) => `${name} removed the group's photo`,
  pinned_message: (message, name) => `${name} pinned “${describe(message.pinned_message)}”`,
  migrate_to_chat_id: () => "The group became a supergroup",
  migrate_from_chat_id: () => "The group became a supergroup",
  forum_topic_created: (message, name) => `${name} opened the topic “${message.forum_topic_created.name}”`,
  forum_topic_closed: (message, name) => `${name} closed the topic`,
  forum_topic_reopened: (message, name) => `${name} reopened the topic`,
};

/** What kind of content the message has ("photo", …), or undefined for text. */
export function contentKind(message) {
  return Object.keys(KINDS).find((kind) => message[kind] !== undefined);
}

/** The message in one line of plain text. */
export function describe(message) {
  const service = serviceText(message);
  if (service) return service;
  const said = (message.text ?? message.caption ?? "").replace(/\s+/g, " ").trim();
  if (said) return said;
  const kind = contentKind(message);
  return kind ? KINDS[kind](message) : "Message";
}

/** The words of a service message, or null for an ordinary one. */
export function serviceText(message) {
  const kind = Object.keys(SERVICES).find((key) => message[key] !== undefined);
  return kind ? SERVICES[kind](message, firstName(senderOf(message))) : null;
}

/** What a screen reader is told about a message before its content. */
export function spokenLabel(message, name) {
  return `${name}, ${clockTime(message.date)}: ${describe(message)}`;
}

/** The smallest picture that stands for the message, if it has one. */
export function thumbnail(message) {
  return message.photo?.[0] ?? message.document?.thumbnail ?? null;
}

function firstName(user) {
  return user.first_name ?? user.title ?? "Somebody";
}
