/** From messages to what stands in the timeline: days, service lines, runs of bubbles. */

import { serviceText } from "./describe.js";
import { isBy, senderOf } from "./sender.js";
import { dayName, sameDay } from "./time.js";

const RUN_SECONDS = 600; // messages of one sender within this time stand together

/** The items of a thread, in order, each with a `key` that stays the same while it is edited. */
export function timelineItems(messages, person) {
  const items = [];
  let before = null;
  for (const message of messages) {
    const last = items.at(-1);
    if (!before || !sameDay(before.date, message.date)) items.push(dayItem(message));
    if (serviceText(message)) items.push({ kind: "service", key: `s${message.message_id}`, messages: [message] });
    else if (belongs(message, last)) last.messages.push(message);
    else items.push(bubbleItem(message, person));
    before = message;
  }
  joinRuns(items);
  return items;
}

function dayItem({ date, message_id: id }) {
  return { kind: "day", key: `d${id}`, label: dayName(date), messages: [] };
}

function bubbleItem(message, person) {
  return { kind: "bubble", key: `b${message.message_id}`, messages: [message], own: isBy(message, person) };
}

function belongs(message, item) {
  const album = message.media_group_id;
  return album !== undefined && item?.messages.at(-1)?.media_group_id === album;
}

function joinRuns(items) {
  items.forEach((item, index) => {
    item.first = !joined(items[index - 1], item);
    item.last = !joined(item, items[index + 1]);
  });
}

function joined(one, other) {
  if (one?.kind !== "bubble" || other?.kind !== "bubble") return false;
  const [left, right] = [one.messages.at(-1), other.messages[0]];
  const same = senderOf(left).id === senderOf(right).id && left.author === right.author;
  return same && right.date - left.date < RUN_SECONDS;
}
