"""Request parameters: from strings or JSON to values, each name always in the same way.

The Bot API gives a name the same type in every method, so one table serves them all.
Everything arrives as a string in forms and query strings, and as itself in JSON.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.errors import refuse
from bot.demo.telegram.files import Upload

_TRUE = {"true", "1", "yes"}
_ATTACHED = "attach://"
_INTEGER = re.compile(r"-?\d{1,18}")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method: its checked parameters, and the files that came along."""

    method: str
    args: Mapping[str, Any]
    uploads: Mapping[str, Upload]

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  what the table says for this name
        return self.args[name]

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401  the same
        """Return a parameter, or `default` where it was not given."""
        return self.args.get(name, default)

    def upload(self, reference: object) -> Upload | None:
        """Return the file meant by an upload or by `attach://name`; None for anything else."""
        if isinstance(reference, Upload):
            return reference
        if isinstance(reference, str) and reference.startswith(_ATTACHED):
            name = reference.removeprefix(_ATTACHED)
            if name not in self.uploads:
                refuse(f'file "{name}" not found in the request')
            return self.uploads[name]
        return None

    def described(self) -> dict[str, Any]:
        """Return the call for the record: files by name and size."""
        files = {name: _described(upload) for name, upload in self.uploads.items()}
        return {**self.args, **files}


def _described(upload: Upload) -> dict[str, Any]:
    return {"file": upload.filename, "bytes": len(upload.data)}


def _integer(name: str, raw: object) -> int:
    if isinstance(raw, bool) or not _INTEGER.fullmatch(str(raw)):
        refuse(f'invalid {name} specified: "{raw}" is no integer')
    return int(str(raw))


def _boolean(_name: str, raw: object) -> bool:
    return raw is True or str(raw).lower() in _TRUE


def _string(name: str, raw: object) -> str:
    if isinstance(raw, dict | list):
        refuse(f"{name} must be a String")
    return str(raw)


def _chat(_name: str, raw: object) -> int | str:
    text = str(raw).strip()
    if not text:
        refuse("chat_id is empty")
    if text.startswith("@"):
        return text
    if not _INTEGER.fullmatch(text):
        refuse("chat not found")
    return int(text)


def _structure(name: str, raw: object) -> Any:  # noqa: ANN401  any JSON
    if not isinstance(raw, str):
        return raw
    if not raw:
        return None
    try:
        return json.loads(raw)
    except ValueError:
        refuse(f"can't parse {name} JSON object")


def _file(name: str, raw: object) -> object:
    return raw if isinstance(raw, Upload) else _string(name, raw)


Converter = Callable[[str, object], Any]
PARAMETERS: Mapping[str, Converter] = {
    **dict.fromkeys(("chat_id", "from_chat_id"), _chat),
    **dict.fromkeys(
        (
            "message_id",
            "message_thread_id",
            "user_id",
            "offset",
            "limit",
            "timeout",
            "max_connections",
            "cache_time",
        ),
        _integer,
    ),
    **dict.fromkeys(
        (
            "disable_notification",
            "protect_content",
            "allow_paid_broadcast",
            "show_caption_above_media",
            "has_spoiler",
            "disable_content_type_detection",
            "show_alert",
            "drop_pending_updates",
            "return_bots",
        ),
        _boolean,
    ),
    **dict.fromkeys(
        (
            "text",
            "caption",
            "parse_mode",
            "action",
            "callback_query_id",
            "file_id",
            "url",
            "ip_address",
            "secret_token",
            "language_code",
            "name",
            "description",
            "short_description",
            "message_effect_id",
        ),
        _string,
    ),
    **dict.fromkeys(
        (
            "entities",
            "caption_entities",
            "link_preview_options",
            "reply_parameters",
            "reply_markup",
            "media",
            "allowed_updates",
            "commands",
            "scope",
            "menu_button",
            "message_ids",
        ),
        _structure,
    ),
    **dict.fromkeys(("photo", "document", "thumbnail"), _file),
}
