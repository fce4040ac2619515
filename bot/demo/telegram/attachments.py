"""The other things people send: stickers, voice notes, places and so on. Small but complete."""

from collections.abc import Callable
from typing import Any

from bot.demo.telegram.errors import impossible
from bot.demo.telegram.files import Files, Upload

Json = dict[str, Any]


def _file(files: Files, kind: str, name: str, media_type: str, **fields: object) -> Json:
    return files.add(kind, Upload(name, media_type, f"a {kind}".encode()), **fields)


def _sticker(files: Files) -> Json:
    sticker = _file(
        files,
        "Sticker",
        "sticker.webp",
        "image/webp",
        type="regular",
        width=512,
        height=512,
        is_animated=False,
        is_video=False,
        emoji="👗",
    )
    del sticker["mime_type"]
    return {"sticker": sticker}


def _voice(files: Files) -> Json:
    return {"voice": _file(files, "VoiceNote", "voice.ogg", "audio/ogg", duration=3)}


def _video(files: Files) -> Json:
    video = _file(files, "Video", "video.mp4", "video/mp4", width=640, height=360, duration=5)
    return {"video": video}


def _animation(files: Files) -> Json:
    animation = _file(
        files,
        "Animation",
        "animation.mp4",
        "video/mp4",
        width=320,
        height=240,
        duration=2,
        file_name="animation.mp4",
    )
    # Kept by the server for old bots: every animation is a document, too.
    document = {
        name: animation[name]
        for name in ("file_id", "file_unique_id", "file_size", "mime_type", "file_name")
    }
    return {"animation": animation, "document": document}


def _video_note(files: Files) -> Json:
    note = _file(files, "VideoNote", "note.mp4", "video/mp4", length=240, duration=4)
    del note["mime_type"]
    return {"video_note": note}


def _location(_files: Files) -> Json:
    return {"location": {"latitude": 48.8584, "longitude": 2.2945}}


def _contact(_files: Files) -> Json:
    return {"contact": {"phone_number": "+441632960961", "first_name": "Robin"}}


def _poll(_files: Files) -> Json:
    options = [
        {"persistent_id": str(number), "text": text, "voter_count": 0}
        for number, text in enumerate(("The red one", "The blue one"))
    ]
    poll = {
        "id": "5000000000000000001",
        "question": "Which dress?",
        "options": options,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
    return {"poll": poll}


_MAKERS: dict[str, Callable[[Files], Json]] = {
    "sticker": _sticker,
    "voice": _voice,
    "video": _video,
    "animation": _animation,
    "video_note": _video_note,
    "location": _location,
    "contact": _contact,
    "poll": _poll,
}


def attachment(files: Files, kind: str) -> Json:
    """Return the content of a message of this kind."""
    make = _MAKERS.get(kind)
    if make is None:
        impossible(f"kind is {kind!r}; choose one of {sorted(_MAKERS)}")
    return make(files)
