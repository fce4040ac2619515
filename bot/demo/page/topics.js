/** The topics of a forum: which one is shown and written to. */

import { fill, h } from "./dom.js";

/** The bar of topics; hidden in chats without any. */
export function topicBar(store) {
  const bar = h("div", { class: "topics", role: "toolbar", hidden: true, aria: { label: "Topics" } });
  store.on("open", (thread) => {
    const topics = thread ? (store.chatOf(thread).topics ?? []) : [];
    bar.hidden = topics.length === 0;
    fill(bar, topics.length > 0 && [{ id: null, name: "All" }, ...topics].map((topic) => choice(topic, thread, store)));
  });
  return bar;
}

function choice({ id, name }, thread, store) {
  const choose = () => {
    thread.topic = id;
    store.show(thread);
  };
  return h("button", { type: "button", aria: { pressed: String(thread.topic === id) }, onclick: choose }, name);
}
