/** What can be done with a message: reply, copy, edit, forward, download. */

import * as api from "./api.js";
import { serviceText } from "./describe.js";
import { complain, openMenu, toast } from "./overlays.js";
import { isBy } from "./sender.js";

/** Open the menu of a message at a point or element. */
export function messageMenu(message, thread, store, at, picture) {
  const own = isBy(message, thread.person);
  const text = message.text ?? message.caption;
  const editable = own && text !== undefined && !message.forward_origin;
  const items = [
    !serviceText(message) && { icon: "reply", label: "Reply", act: () => store.setReply(thread, message) },
    text && { icon: "copy", label: "Copy text", act: () => copy(text) },
    editable && { icon: "edit", label: "Edit", act: () => store.setEditing(thread, message) },
    picture && { icon: "download", label: "Download", act: () => download(picture) },
    ...forwards(message, thread, store),
    own && { icon: "trash", label: "Delete", danger: true, act: () => remove(thread, message) },
  ];
  openMenu(items.filter(Boolean), at);
}

function forwards(message, thread, store) {
  const targets = [...store.threads.values()].filter((target) => target.person === thread.person);
  return targets.map((target) => ({
    icon: "forward",
    label: `Forward to ${store.isGroup(target) ? store.chatOf(target).title : store.bot.first_name}`,
    act: () => api.forward(thread, target, message.message_id).then(() => toast("Forwarded"), complain),
  }));
}

function remove(thread, message) {
  api.remove(thread, message.message_id).catch(complain);
}

function copy(text) {
  navigator.clipboard.writeText(text).then(() => toast("Copied"), complain);
}

function download({ url, name }) {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}
