/** Managing a group: who is in it and as what, what the bot may do, what the group becomes. */

import * as api from "./api.js";
import { avatar, botAvatar } from "./avatar.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { complain, showDialog, toast } from "./overlays.js";

const PHOTOS = "can_send_photos";
const ROLES = [["member", "member"], ["administrator", "administrator"], ["kicked", "not in the group"]];
const POST = { sample: "dress", caption: "New in: the red dress. How would it look on you?" };

/** Open the dialog of a group; it follows what happens, and closes when the group has moved. */
export function manage(store, chatId) {
  const box = h("dialog", { class: "card manage", aria: { label: "Manage the group" } });
  const draw = () => {
    const chat = store.chats.get(chatId);
    if (!chat) return box.close();
    const focused = box.contains(document.activeElement) && document.activeElement.name;
    fill(box, form(chat, store, box));
    if (focused) box.querySelector(`[name="${CSS.escape(focused)}"]`)?.focus();
  };
  store.on("chat", () => box.open && draw());
  store.on("privacy", () => box.open && draw());
  draw();
  showDialog(box);
}

function form(chat, store, box) {
  const close = h("button", { type: "button", class: "round", aria: { label: "Close" }, onclick: () => box.close() },
    icon("close"));
  return h("form", { method: "dialog" },
    h("header", null, h("h2", { dir: "auto" }, chat.title), close),
    h("ul", { class: "people" }, [...store.people.values()].map((person) => memberRow(person, chat)), botRow(chat, store)),
    permissions(chat, store),
    h("footer", null, extras(chat)));
}

function memberRow(person, chat) {
  const role = chat.roles[person.id] ?? "kicked";
  const hidden = chat.anonymous.includes(person.id);
  const set = (status, anonymous) => act(api.setMember(chat.id, person.id, status, anonymous, ownerOf(chat)));
  const inCharge = ["creator", "administrator"].includes(role);
  return h("li", null, avatar(person.id, person.first_name, "small"), h("strong", null, person.first_name),
    inCharge && h("label", { class: "anonymous" },
      h("input", { type: "checkbox", name: `anonymous-${person.id}`, checked: hidden,
        onchange: (event) => set(role, event.target.checked) }), "anonymous"),
    role === "creator" ? h("span", { class: "role" }, "owner")
      : roleChoice(person.first_name, `role-${person.id}`, role, (status) => set(status, false)));
}

function botRow(chat, store) {
  const role = { restricted: "member", left: "kicked" }[chat.bot] ?? chat.bot;
  return h("li", null, botAvatar("small"), h("strong", null, store.bot.first_name),
    roleChoice(store.bot.first_name, "role-bot", role, (status) => setBot(chat, status)));
}

function roleChoice(who, name, role, changed) {
  return h("select", { name, aria: { label: `What ${who} is here` }, onchange: (event) => changed(event.target.value) },
    ROLES.map(([value, words]) => h("option", { value, selected: value === role }, words)));
}

function permissions(chat, store) {
  const restrictable = chat.type === "supergroup" && ["member", "restricted"].includes(chat.bot);
  const photos = !chat.bot_lacks.includes(PHOTOS);
  return h("fieldset", null,
    toggle("photos", "The bot may send photos", photos, !restrictable, (on) =>
      on ? setBot(chat, "member") : act(api.setBot(chat.id, "restricted", [PHOTOS], ownerOf(chat)))),
    toggle("privacy", "Privacy mode: the bot sees only what is meant for it", store.privacy, false, async (on) => {
      store.privacy = on;
      await act(api.setPrivacy(on));
    }));
}

function toggle(name, words, on, disabled, changed) {
  const box = h("input", { type: "checkbox", role: "switch", name, checked: on, disabled,
    onchange: (event) => changed(event.target.checked) });
  return h("label", { class: "switch" }, box, h("span", null, words));
}

/** What only some groups have: a channel, or a supergroup to become. */
function extras(chat) {
  return [
    chat.channel && h("button", { type: "button", class: "flat", onclick: () => act(post(chat)) },
      `Post in ${chat.channel}`),
    chat.type === "group" && h("button", { type: "button", class: "flat",
      onclick: () => act(api.migrate(chat.id, ownerOf(chat))) }, "Make it a supergroup"),
  ];
}

async function post(chat) {
  await api.postInChannel(chat.id, await api.sampleFile(POST.sample), POST.caption);
  toast(`Posted in ${chat.channel}, which this group belongs to`);
}

/** Whoever is removed from a basic group has merely left it. */
function setBot(chat, status) {
  const said = status === "kicked" && chat.type === "group" ? "left" : status;
  return act(api.setBot(chat.id, said, [], ownerOf(chat)));
}

function act(doing) {
  return doing.catch(complain);
}

function ownerOf(chat) {
  const owner = Object.entries(chat.roles).find(([, role]) => role === "creator");
  return owner && Number(owner[0]);
}
