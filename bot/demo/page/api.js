/** The people's API of the local Telegram: what a person can do, as calls. */

/** A call was refused; the message says why, in words for people. */
class Refused extends Error {}

/** Everybody and every chat. */
export const world = () => call("GET", "/people");

/** The sample photos that can be sent at one click. */
export const samples = () => call("GET", "/samples");

/** A chat as one person sees it. */
export const messages = (thread) => call("GET", `${place(thread)}/messages`);

/** The commands the bot offers this person in this chat. */
export const commands = (thread) => call("GET", `${place(thread)}/commands`);

/** Send a text. `extra` may hold `reply_to` and `topic`. */
export const sendText = (thread, text, extra) => call("POST", `${place(thread)}/text`, { text, ...extra });

/** Send something the bot has no use for: a sticker, a voice message, a place. */
export const sendOther = (thread, kind) => call("POST", `${place(thread)}/other`, { kind });

/** Change an own message; `change` holds a `text` or a `caption`. */
export const edit = (thread, messageId, change) =>
  call("POST", `${place(thread)}/edit`, { message_id: messageId, ...change });

/** Delete an own message for everybody. */
export const remove = (thread, messageId) => call("POST", `${place(thread)}/delete`, { message_id: messageId });

/** Pass a message of `thread` on to the chat `target`. */
export const forward = (thread, target, messageId) =>
  call("POST", `${place(target)}/forward`, { from_chat: thread.chat, message_id: messageId });

/** Press an inline button. */
export const press = (thread, messageId, data) =>
  call("POST", `${place(thread)}/press`, { message_id: messageId, data });

/** Block the bot, or let it write again. */
export const setBlocked = (person, blocked) =>
  call("POST", `/people/${person}/${blocked ? "block" : "unblock"}`, {});

/** Add, promote or remove a member of a group, or let them write anonymously. */
export const setMember = (chat, person, status, anonymous, by) =>
  call("POST", `/control/chats/${chat}/members`, { person, status, anonymous, by });

/** Add, promote, restrict or remove the bot in a group; `denied` are rights it does not have. */
export const setBot = (chat, status, denied, by) => call("POST", `/control/chats/${chat}/bot`, { status, denied, by });

/** Whether the bot sees only what is meant for it, in all groups. */
export const setPrivacy = (on) => call("POST", "/control/privacy", { on });

/** Make a basic group a supergroup. */
export const migrate = (chat, by) => call("POST", `/control/chats/${chat}/migrate`, { by });

/** Post a picture in the channel of a group. */
export function postInChannel(chat, file, caption) {
  const form = new FormData();
  form.append("file", file, file.name);
  form.append("caption", caption);
  return call("POST", `/control/chats/${chat}/post`, form);
}

/** Send one to ten files, together an album; `as` is "photo" or "document". */
export function sendFiles(thread, files, as, extra) {
  const form = new FormData();
  for (const file of files) form.append("file", file, file.name);
  form.append("as", as);
  for (const [name, value] of Object.entries(extra)) {
    if (value !== undefined && value !== "") form.append(name, value);
  }
  return call("POST", `${place(thread)}/photos`, form);
}

/** Where the bytes of a photo, thumbnail or document are. */
export const fileUrl = (file) => `/people/files/${encodeURIComponent(file.file_unique_id)}`;

/** Fetch a sample photo as a file ready to be sent. */
export async function sampleFile(name) {
  const response = await fetch(`/samples/${encodeURIComponent(name)}.jpg`);
  if (!response.ok) throw new Refused(`The sample photo “${name}” could not be loaded.`);
  return new File([await response.blob()], `${name}.jpg`, { type: "image/jpeg" });
}

function place({ person, chat }) {
  return `/people/${person}/chats/${chat}`;
}

async function call(method, path, body) {
  const form = body instanceof FormData;
  const response = await fetch(path, {
    method,
    headers: body && !form ? { "Content-Type": "application/json" } : {},
    body: body && !form ? JSON.stringify(body) : body,
  }).catch(() => {
    throw new Refused("The demo does not answer. Is it still running?");
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.error ?? `The demo answered with status ${response.status}.`);
  return answer;
}
