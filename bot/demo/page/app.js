/** The chat page: loads the world, puts the parts together, keeps the address in step. */

import * as api from "./api.js";
import { acceptFiles } from "./attach.js";
import { chatHeader } from "./header.js";
import { chatList } from "./chatlist.js";
import { Composer } from "./composer.js";
import { followLinks } from "./deeplinks.js";
import { h } from "./dom.js";
import { startAnswers } from "./keyboard.js";
import { Live } from "./live.js";
import { complain } from "./overlays.js";
import { previewFiles } from "./preview.js";
import { Store } from "./store.js";
import { startTheme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { setClock } from "./time.js";
import { topicBar } from "./topics.js";

const PHONE = matchMedia("(max-width: 760px)"); // the same width as in the style sheet

startTheme();
start().catch((error) => {
  complain(error);
  document.querySelector(".loading")?.replaceChildren(error.message);
});

async function start() {
  const world = await api.world();
  setClock(world.now);
  const store = new Store(world);
  await goLive(store);
  await Promise.all([...store.threads.values()].map((thread) => fetchThread(store, thread)));
  document.querySelector("#app").replaceChildren(...layout(store));
  startAnswers(store);
  startTitle(store);
  route(store);
  store.on("chat", (added) => added.forEach((thread) => fetchThread(store, thread)));
  store.on("lost", (chat) => {
    history.replaceState(null, "", chat && store.threadOf(chat) ? address(store.threadOf(chat)) : "#/");
    route(store);
  });
  addEventListener("popstate", () => route(store));
  PHONE.addEventListener("change", () => route(store));
}

/** Fetch what was said before; a member who has just left needs it no more. */
async function fetchThread(store, thread) {
  const { messages } = await api.messages(thread).catch(() => ({ messages: [] }));
  thread.load(messages);
  store.tell("messages", thread, "loaded", {});
}

function address(thread) {
  return `#/${thread.chat}/${thread.person}`;
}

function layout(store) {
  const go = (place) => {
    history.pushState(null, "", place);
    route(store);
  };
  const choose = (thread) => go(address(thread));
  const leave = () => go("#/");
  const preview = (files, as) => showPreview(composer, files, as);
  const composer = new Composer(store, preview);
  const timeline = new Timeline(store);
  timeline.element.addEventListener("click", (event) => {
    const command = event.target.closest("[data-command]")?.dataset.command;
    if (command) composer.say(store.open, command);
  });
  followLinks(timeline.element, store, choose);
  const main = h("main", { class: "conversation" }, chatHeader(store, leave, choose), topicBar(store),
    timeline.element, composer.element);
  acceptFiles(main, store, (files) => preview(files, "photo"));
  const aside = h("nav", { class: "sidebar", aria: { label: "Chats" } },
    h("header", null, h("h2", null, "Chats")), chatList(store, choose));
  return [aside, main];
}

function showPreview(composer, files, as) {
  previewFiles(files, as, composer.written(), (...sent) => composer.sendFiles(...sent));
}

/** Show the thread the address names; on a wide screen there is always one. */
function route(store) {
  const [, chat, person] = location.hash.match(/^#\/(-?\d+)\/(\d+)$/) ?? [];
  const named = store.thread(Number(person), Number(chat));
  const first = PHONE.matches ? null : store.threads.values().next().value;
  document.body.classList.toggle("in-chat", Boolean(named));
  store.show(named ?? first);
}

/** Connect; done when no later event can be missed. */
function goLive(store) {
  return new Promise((ready) => {
    new Live({
      ready,
      event: (kind, data) => {
        if (kind === "message") setClock(data.message.date);
        store.receive(kind, data);
      },
      restarted: () => location.reload(),
      state: (connected) => {
        store.connected = connected;
        if (store.open) store.tell("connected");
      },
    });
  });
}

function startTitle(store) {
  const plain = document.title;
  const draw = () => {
    const unread = [...store.threads.values()].reduce((sum, thread) => sum + shownUnread(store, thread), 0);
    document.title = unread > 0 ? `(${unread}) ${plain}` : plain;
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !store.open) return;
    store.open.unread = 0;
    store.tell("status", store.open);
  });
  for (const kind of ["messages", "open", "status"]) store.on(kind, draw);
}

function shownUnread(store, thread) {
  return store.threadOf(store.chatOf(thread)) === thread ? thread.unread : 0;
}
