/** Who a message is from: for all to see, and really. */

/** The user, or the group or channel, in whose name the message was written. */
export function senderOf(message) {
  return message.sender_chat ?? message.from ?? message.chat;
}

/** Whether this person wrote the message, if need be behind the group's name. */
export function isBy(message, person) {
  return (message.author ?? message.from?.id) === person;
}
