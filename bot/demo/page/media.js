/** What a message carries besides text: photos, albums, documents and the rest. */

import { fileUrl } from "./api.js";
import { contentKind } from "./describe.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { mosaic } from "./mosaic.js";
import { fileSize } from "./time.js";

const SHARP = 800; // pixels on the longest side that look sharp in a bubble
const LARGEST = 440; // CSS pixels on the longest side of a single photo …
const LARGEST_PART = 0.55; // … and its part of the window's height
const NARROWEST = 240; // CSS pixels: buttons and captions below need room
const SHOWN_TYPES = new Set(["image/jpeg", "image/png", "image/webp", "image/bmp", "image/gif"]);

/** The media of the messages of one bubble: an album, a single item, or nothing. */
export function media(messages, openPicture) {
  if (messages.length > 1 && messages.every((message) => message.photo)) return album(messages, openPicture);
  return messages.map((message) => single(message, openPicture));
}

/** How wide a bubble with this single photo is, in CSS pixels. */
export function photoWidth({ width, height }) {
  const scale = Math.min(1, largest() / Math.max(width, height));
  return Math.round(Math.max(NARROWEST, width * scale));
}

/** The picture a message can show at full size, or null. */
export function picture(message) {
  if (message.photo) {
    return { url: fileUrl(message.photo.at(-1)), name: `photo-${message.message_id}.jpg`, alt: altText(message) };
  }
  if (!message.document || !SHOWN_TYPES.has(message.document.mime_type)) return null;
  return { url: fileUrl(message.document), name: fileName(message.document), alt: altText(message) };
}

function album(messages, openPicture) {
  return mosaic(messages.map((message) => {
    const { width, height } = message.photo.at(-1);
    return { element: photoButton(message, openPicture), ratio: width / height };
  }));
}

function single(message, openPicture) {
  if (message.photo) return photo(message, openPicture);
  const kind = contentKind(message);
  if (kind === "document") return attachment(message, openPicture);
  if (kind === "sticker") return h("div", { class: "sticker", aria: { label: "Sticker" } }, message.sticker.emoji);
  return kind ? other(kind, message) : null;
}

function photo(message, openPicture) {
  const { width, height } = message.photo.at(-1);
  const shape = { "aspect-ratio": `${width} / ${height}`, "max-height": `${largest()}px` };
  const button = photoButton(message, openPicture);
  for (const [name, value] of Object.entries(shape)) button.style.setProperty(name, value);
  return button;
}

function largest() {
  return Math.round(Math.min(LARGEST, innerHeight * LARGEST_PART));
}

function photoButton(message, openPicture) {
  const sizes = message.photo;
  const best = sizes.find((size) => Math.max(size.width, size.height) >= SHARP) ?? sizes.at(-1);
  const open = () => openPicture(message);
  return h("button", { type: "button", class: "photo", aria: { label: `Open ${altText(message)}` }, onclick: open },
    h("img", { src: fileUrl(best), width: best.width, height: best.height, alt: altText(message), draggable: "false" }));
}

function attachment(message, openPicture) {
  const { document: file } = message;
  const download = { href: fileUrl(file), download: fileName(file) };
  return h("div", { class: "file" },
    picture(message) && file.thumbnail ? fileThumbnail(message, openPicture) : fileIcon(download),
    h("a", { class: "file-name", ...download },
      h("strong", { dir: "auto" }, fileName(file)),
      h("small", null, `${fileSize(file.file_size)} · Download`)));
}

function fileThumbnail(message, openPicture) {
  const label = `Open ${fileName(message.document)}`;
  return h("button", { type: "button", class: "thumbnail", aria: { label }, onclick: () => openPicture(message) },
    h("img", { src: fileUrl(message.document.thumbnail), alt: "" }));
}

function fileIcon(download) {
  return h("a", { class: "file-icon", tabindex: "-1", aria: { hidden: "true" }, ...download }, icon("file"));
}

const OTHERS = {
  animation: () => ["play", "GIF"],
  video: (video) => ["play", `Video, ${video.duration} s`],
  video_note: (note) => ["play", `Video message, ${note.duration} s`],
  voice: (voice) => ["voice", `Voice message, ${voice.duration} s`],
  location: (place) => ["location", `${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`],
  contact: (contact) => ["contact", `${contact.first_name} ${contact.phone_number ?? ""}`],
  poll: (poll) => ["poll", poll.question],
};

function other(kind, message) {
  const [name, words] = OTHERS[kind](message[kind]);
  return h("div", { class: "file" }, h("span", { class: "file-icon" }, icon(name)),
    h("span", { class: "file-name" }, h("strong", { dir: "auto" }, words)));
}

function fileName(file) {
  return file.file_name ?? "file";
}

function altText(message) {
  return message.caption ? `photo: ${message.caption}` : "photo";
}
