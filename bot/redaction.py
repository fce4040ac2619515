"""Pure: takes secrets out of text before anybody can read it.

Patterns catch what looks like a secret wherever it comes from; the configured secrets are
caught literally, in any disguise a URL or JSON may give them. Where text goes to is left
to the callers: the log pipeline, the settings' report.
"""

import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

HIDDEN = "[hidden]"
_SHORTEST = 6  # characters: anything shorter would tear ordinary words apart

_FIELDS = (
    "signature|ossaccesskeyid|expires|policy|security-token|x-oss-signature|x-oss-credential"
    "|x-amz-signature|x-amz-credential|x-amz-security-token|token|access_token|api[_-]?key|apikey"
    "|secret|secret_token|password"
)
_HEADERS = "authorization|x-telegram-bot-api-secret-token"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        # Telegram: the token itself, and whatever stands where a token belongs
        (r"(?<!\d)\d{3,}(?::|%3A)[\w-]{30,}", HIDDEN),
        (r"(/(?:file/)?bot)[^/\s\"'<>]*\d[^/\s\"'<>]*(?=/)", rf"\1{HIDDEN}"),
        # headers, however they are written
        (
            rf"\b({_HEADERS})([\"']?\s*[:=,]\s*(?:b(?=[\"']))?[\"']?)[^\"',;<>)\r\n]+",
            rf"\1\2{HIDDEN}",
        ),
        (r"\b(bearer|appcode)(\s+)(?!\[hidden)[^\s\"',;<>)]{8,}", rf"\1\2{HIDDEN}"),
        # signed addresses and forms
        (rf"([?&;]|%26|%3F|\b)({_FIELDS})(=|%3D)[^&\s\"'<>;)]+", rf"\1\2\3{HIDDEN}"),
        (rf"([\"'](?:{_FIELDS})[\"']\s*:\s*[\"'])[^\"']+", rf"\1{HIDDEN}"),
        (r"\bsk-[\w-]{8,}", HIDDEN),
        (r"(?<=://)[^/\s\"'<>@]+:[^/\s\"'<>@]+@", f"{HIDDEN}@"),
    )
)


_NAMES = re.compile(
    r"(?:.*[_-])?(?:token|secret|password|authorization|api[_-]?key|appcode|signature)",
    re.IGNORECASE,
)


def is_secret(name: str) -> bool:
    """Tell whether what goes by this name is a secret, whatever it looks like."""
    return _NAMES.fullmatch(name) is not None


class Redactor:
    """Hides the given secrets, and everything that looks like one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        disguises = {form for secret in secrets for form in _disguises(secret)}
        longest_first = sorted(disguises, key=len, reverse=True)
        self._literal = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def __call__(self, text: str) -> str:
        """Return the text without secrets."""
        text = self._literal.sub(HIDDEN, text)
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text


def _disguises(secret: str) -> Iterable[str]:
    """Return how a secret may be written: plain, in a URL, in JSON, in a Python literal."""
    if len(secret) < _SHORTEST:
        return ()
    forms = {secret, quote(secret), quote(secret, safe=""), quote_plus(secret)}
    return forms | {json.dumps(secret)[1:-1], repr(secret)[1:-1]}
