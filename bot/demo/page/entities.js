/**
 * Message text with its entities, as nodes.
 *
 * Entities come from the network and are not trusted: the text only ever becomes text
 * nodes, links only lead to harmless schemes, and ranges are clipped to the text.
 * Offsets count UTF-16 units, which is what JavaScript strings count too.
 */

import { h } from "./dom.js";

const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

const WRAPPERS = {
  pre: (children) => h("pre", null, h("code", null, children)),
  spoiler: (children) => spoiler(children),
  text_link: (children, said, entity) => link(entity.url, children),
  url: (children, said) => link(/^[a-z][a-z0-9+.-]*:/i.test(said) ? said : `https://${said}`, children),
  email: (children, said) => link(`mailto:${said}`, children),
  phone_number: (children, said) => link(`tel:${said.replace(/[^+\d]/g, "")}`, children),
  bot_command: (children, said) =>
    h("button", { type: "button", class: "text-link", data: { command: said } }, children),
  mention: (children) => h("span", { class: "mention" }, children),
  text_mention: (children) => h("span", { class: "mention" }, children),
  hashtag: (children) => h("span", { class: "mention" }, children),
};

/** Turn text and its entities into nodes. */
export function rich(text, entities = []) {
  const inside = entities
    .map((entity) => ({ ...entity, end: Math.min(entity.offset + entity.length, text.length) }))
    .filter((entity) => entity.offset >= 0 && entity.offset < entity.end)
    .sort((one, other) => one.offset - other.offset || other.end - one.end);
  return build(text, 0, text.length, inside);
}

function build(text, from, to, entities) {
  const nodes = [];
  let position = from;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    const start = Math.max(entity.offset, position);
    const end = Math.min(entity.end, to);
    rest = others.filter((other) => other.offset >= end);
    if (start >= end) continue;
    nodes.push(text.slice(position, start));
    const inner = others.filter((other) => other.offset < end);
    nodes.push(wrap(entity, build(text, start, end, inner), text.slice(start, end)));
    position = end;
  }
  nodes.push(text.slice(position, to));
  return nodes.filter((node) => node !== "");
}

function wrap(entity, children, said) {
  if (Object.hasOwn(WRAPPERS, entity.type)) return WRAPPERS[entity.type](children, said, entity);
  if (Object.hasOwn(TAGS, entity.type)) return h(TAGS[entity.type], null, children);
  return h("span", null, children);
}

function link(address, children) {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !SAFE_SCHEMES.has(url.protocol)) return h("span", null, children);
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, children);
}

function spoiler(children) {
  const element = h("button", { type: "button", class: "spoiler", aria: { label: "Hidden text, press to show" } },
    children);
  element.addEventListener("click", () => element.replaceWith(h("span", null, children)));
  return element;
}
