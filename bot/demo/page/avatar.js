/** Avatars: initials on a gradient chosen by the id; the bot has a hanger. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const HUES = 7; // the gradients avatar-0 … avatar-6 of the style sheet
const GROUP_SHIFT = 4; // keeps the demo's group apart from its people

/** A person's or group's avatar. */
export function avatar(id, name, kind = "") {
  return h("span", { class: `avatar avatar-${hueOf(id)} ${kind}`, aria: { hidden: "true" } }, initials(name));
}

/** The bot's avatar. */
export function botAvatar(kind = "") {
  return h("span", { class: `avatar avatar-bot ${kind}`, aria: { hidden: "true" } }, icon("hanger"));
}

/** The class that colours a name the way its owner's avatar is coloured. */
export function nameClass({ id, is_bot: bot }) {
  return bot ? "name-bot" : `name-${hueOf(id)}`;
}

function hueOf(id) {
  return ((id % HUES) + HUES + (id < 0 ? GROUP_SHIFT : 0)) % HUES;
}

function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...word][0] ?? "").join("").toUpperCase();
}
