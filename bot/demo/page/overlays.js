/** What lies over the page for a moment: toasts, alerts and menus. */

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

const TOAST_MS = 3500;
const MARGIN = 8; // pixels between a menu and the window's edge

let toasts = null;

/** Say something in passing. */
export function toast(text) {
  toasts ??= document.body.appendChild(
    h("div", { class: "toasts", role: "status", popover: "manual", aria: { live: "polite" } }));
  const bubble = h("div", { class: "toast", dir: "auto" }, text);
  toasts.append(bubble);
  if (toasts.matches(":popover-open")) toasts.hidePopover(); // shown again it lies over dialogs, too
  toasts.showPopover();
  setTimeout(() => bubble.remove(), TOAST_MS);
}

/** Say what went wrong with something a person did. */
export function complain(error) {
  toast(error.message);
}

/** Say something that has to be confirmed. */
export function alertBox(title, text) {
  const close = h("button", { type: "submit", class: "flat", autofocus: true }, "OK");
  const box = h("dialog", { class: "card alert", aria: { label: title } },
    h("form", { method: "dialog" }, h("h2", null, title), h("p", { dir: "auto" }, text), h("footer", null, close)));
  return showDialog(box);
}

/** Put a dialog on top until it is closed; a press beside it closes it too. */
export function showDialog(box) {
  document.body.append(box);
  box.addEventListener("close", () => box.remove());
  box.addEventListener("mousedown", (event) => event.target === box && box.close());
  box.showModal();
  return box;
}

/** Open a menu of `{icon, label, act, danger?}` at a point or under an element. */
export function openMenu(items, at) {
  const menu = h("div", { class: "menu card", role: "menu", popover: "auto" });
  fill(menu, items.map((item) => menuItem(item, menu)));
  menu.addEventListener("keydown", (event) => walk(event, menu));
  menu.addEventListener("toggle", (event) => event.newState === "closed" && menu.remove());
  document.body.append(menu);
  menu.showPopover();
  place(menu, at instanceof Element ? under(at.getBoundingClientRect()) : at);
  menu.firstElementChild?.focus();
}

function menuItem({ icon: name, label, act, danger }, menu) {
  const choose = () => {
    menu.hidePopover();
    act();
  };
  return h("button", { type: "button", role: "menuitem", class: danger ? "danger" : "", onclick: choose },
    icon(name), h("span", null, label));
}

function walk(event, menu) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...menu.children];
  const next = items.indexOf(document.activeElement) + step;
  items.at(next % items.length).focus();
}

function under(box) {
  return { x: box.left, y: box.bottom + 4, above: box.top - 4 };
}

function place(menu, { x, y, above = y }) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = Math.min(x, innerWidth - width - MARGIN);
  const top = y + height + MARGIN > innerHeight ? above - height : y;
  menu.style.left = `${Math.max(MARGIN, left)}px`;
  menu.style.top = `${Math.max(MARGIN, top)}px`;
}
