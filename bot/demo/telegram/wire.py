"""The Bot API's JSON for those who act: users, chats, members. Pure shapes, no state."""

from typing import Any

from bot.demo.telegram.chats import ADMIN_RIGHTS, MEMBER_RIGHTS, Chat, Member
from bot.demo.telegram.model import BotAccount, Channel, PersonAccount, Status

Json = dict[str, Any]

# The account behind which anonymous administrators write; Bot API, Message.sender_chat.
ANONYMOUS: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
# The account that forwards a channel's posts to its group; Bot API, is_automatic_forward.
SERVICE: Json = {"id": 777000, "is_bot": False, "first_name": "Telegram"}


def _without_none(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value is not None}


def person_user(person: PersonAccount) -> Json:
    """Return a person as a User."""
    return _without_none(
        {
            "id": person.id,
            "is_bot": False,
            "first_name": person.first_name,
            "username": person.username,
            "language_code": person.language_code,
        }
    )


def bot_user(bot: BotAccount) -> Json:
    """Return the bot as a User, as messages show it."""
    return {
        "id": bot.id,
        "is_bot": True,
        "first_name": bot.first_name,
        "username": bot.username,
    }


def me(bot: BotAccount) -> Json:
    """Return the bot as getMe shows it."""
    return {
        **bot_user(bot),
        "can_join_groups": True,
        "can_read_all_group_messages": not bot.privacy_mode,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def chat(of: Chat) -> Json:
    """Return a chat as a Chat."""
    if of.person is not None:
        fields = {
            "id": of.id,
            "first_name": of.person.first_name,
            "username": of.person.username,
            "type": of.kind,
        }
        return _without_none(fields)
    forum = True if of.forum else None
    return _without_none(
        {
            "id": of.id,
            "title": of.title,
            "username": of.username,
            "type": of.kind,
            "is_forum": forum,
        }
    )


def channel_chat(of: Channel) -> Json:
    """Return a channel as a Chat."""
    shown = {"id": of.id, "title": of.title, "username": of.username, "type": "channel"}
    return _without_none(shown)


def full_chat(of: Chat) -> Json:
    """Return a chat as getChat shows it."""
    full = {
        **chat(of),
        "accent_color_id": abs(of.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": True,
            "limited_gifts": True,
            "unique_gifts": True,
            "premium_subscription": True,
            "gifts_from_channels": True,
        },
    }
    if of.person is None:
        full["permissions"] = dict.fromkeys(MEMBER_RIGHTS, True)
    if of.channel is not None:
        full["linked_chat_id"] = of.channel.id
    return full


def member(user: Json, as_member: Member) -> Json:
    """Return somebody's place in a group as a ChatMember."""
    shown: Json = {"user": user, "status": as_member.status.value}
    match as_member.status:
        case Status.CREATOR:
            shown["is_anonymous"] = as_member.anonymous
        case Status.ADMINISTRATOR:
            shown |= {"can_be_edited": False, "is_anonymous": as_member.anonymous}
            shown |= {right: as_member.may(right) for right in ADMIN_RIGHTS}
        case Status.RESTRICTED:
            shown |= {"is_member": True, "until_date": 0}
            shown |= {right: as_member.may(right) for right in MEMBER_RIGHTS}
        case Status.KICKED:
            shown["until_date"] = 0
        case Status.MEMBER | Status.LEFT:
            pass
    return shown


def person_sender(person: PersonAccount, where: Chat) -> Json:
    """Return the fields that say who wrote a message: the person, or the group for them."""
    place = where.members.get(person.id)
    if place is not None and place.anonymous:
        return group_sender(where)
    return {"from": person_user(person)}


def group_sender(where: Chat) -> Json:
    """Return the fields of a message that a group itself seems to have written."""
    return {"from": ANONYMOUS, "sender_chat": chat(where)}
