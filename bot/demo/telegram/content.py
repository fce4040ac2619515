"""What messages are made of: which fields are their content, and how it is passed on. Pure."""

from typing import Any

Json = dict[str, Any]

TEXT_FIELDS = ("text", "entities")
CAPTION_FIELDS = ("caption", "caption_entities", "show_caption_above_media")
MEDIA_FIELDS = (
    "photo",
    "document",
    "animation",
    "video",
    "voice",
    "video_note",
    "sticker",
    "location",
    "contact",
    "poll",
    "has_media_spoiler",
)
CONTENT_FIELDS = TEXT_FIELDS + CAPTION_FIELDS + MEDIA_FIELDS


def content_of(fields: Json) -> Json:
    """Return what a message says and shows, without who, when, where and buttons."""
    return {name: fields[name] for name in CONTENT_FIELDS if name in fields}


def forward_origin(fields: Json) -> Json:
    """Return the MessageOrigin of a message that is passed on."""
    if "forward_origin" in fields:
        origin: Json = fields["forward_origin"]
        return origin
    if "sender_chat" in fields:
        return {"type": "chat", "date": fields["date"], "sender_chat": fields["sender_chat"]}
    return {"type": "user", "date": fields["date"], "sender_user": fields["from"]}
