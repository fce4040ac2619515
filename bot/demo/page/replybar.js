/** The bar over the text box: what is being answered or edited, and the way out of it. */

import { fileUrl } from "./api.js";
import { describe, thumbnail } from "./describe.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { senderOf } from "./sender.js";

/** The bar; it is hidden while nothing is answered or edited. */
export function replyBar(store, input) {
  const bar = h("div", { class: "reply-bar", hidden: true });
  const draw = (thread) => {
    if (!thread || thread !== store.open) return;
    const message = thread.editing ?? thread.reply;
    bar.hidden = !message;
    fill(bar, message ? parts(message, thread, store, input) : []);
  };
  store.on("reply", draw);
  store.on("open", draw);
  return bar;
}

function parts(message, thread, store, input) {
  const small = thumbnail(message);
  const who = store.nameOf(senderOf(message));
  const leave = () => {
    if (thread.editing) input.value = "";
    input.dispatchEvent(new Event("input"));
    store.setReply(thread, null);
    input.focus();
  };
  return [
    icon(thread.editing ? "edit" : "reply"),
    small && h("img", { src: fileUrl(small), alt: "" }),
    h("span", { class: "reply-words" }, h("strong", { dir: "auto" }, thread.editing ? "Edit message" : `Reply to ${who}`),
      h("span", { class: "line", dir: "auto" }, describe(message))),
    h("button", { type: "button", class: "round", aria: { label: "Cancel" }, onclick: leave }, icon("close")),
  ];
}
