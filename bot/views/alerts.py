"""What the operator is told when something needs a hand: what happened, and what to do.

How often each cause is told is left to the caller.
"""

from bot.messages import Content
from bot.views.texts import has, text

MAX_DETAIL = 500  # characters: an alert is a hint, the log has the rest


def alert(cause: str, *, times: int = 1, detail: str = "", language: str = "en") -> Content:
    """Return the alert for a cause: one of `providers.base.Cause`, or one of our own.

    `times` counts how often it happened since it was last told, this time included.
    `detail` is shown as it is; the caller sees to it that it holds no secret.
    """
    key = f"alert.{cause}" if has(f"alert.{cause}.do") else "alert.other"
    parts = [
        f"🔔 <b>{text(language, key, cause=cause)}</b>",
        text(language, f"{key}.do"),
        text(language, "alert.times", times=times) if times > 1 else "",
        text(language, "alert.detail", detail=detail[:MAX_DETAIL]) if detail else "",
    ]
    return Content("\n".join(part for part in parts if part))
