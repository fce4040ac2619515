import json
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.redaction import HIDDEN, Redactor

TOKEN = "4242424242:AAcanaryCANARYcanaryCANARYcanary-_1"

redact = Redactor()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (f"the token is {TOKEN}.", f"the token is {HIDDEN}."),
        (
            f"POST https://api.telegram.org/bot{TOKEN}/getMe HTTP/1.1",
            f"POST https://api.telegram.org/bot{HIDDEN}/getMe HTTP/1.1",
        ),
        (
            f"GET http://127.0.0.1:8081/file/bot{TOKEN}/photos/file_7.jpg",
            f"GET http://127.0.0.1:8081/file/bot{HIDDEN}/photos/file_7.jpg",
        ),
        ("/bot1:short/getMe", f"/bot{HIDDEN}/getMe"),
        (f"file%2Fbot{quote(TOKEN, safe='')}%2Fphotos", f"file%2Fbot{HIDDEN}%2Fphotos"),
        ("Authorization: Bearer abc", f"Authorization: {HIDDEN}"),
        ("{'Authorization': 'Bearer abc', 'a': 1}", f"{{'Authorization': '{HIDDEN}', 'a': 1}}"),
        ("(b'authorization', b'APPCODE abc')", f"(b'authorization', b'{HIDDEN}')"),
        ("sent with Bearer abcdefgh12", f"sent with Bearer {HIDDEN}"),
        ("APPCODE 83359fd73fe9 refused", f"APPCODE {HIDDEN} refused"),
        ("X-Telegram-Bot-Api-Secret-Token: abc", f"X-Telegram-Bot-Api-Secret-Token: {HIDDEN}"),
        (
            "http://x.aliyuncs.com/a.png?Expires=17&OSSAccessKeyId=LTAI&Signature=ab%2Bc%3D",
            (
                "http://x.aliyuncs.com/a.png"
                f"?Expires={HIDDEN}&OSSAccessKeyId={HIDDEN}&Signature={HIDDEN}"
            ),
        ),
        ('{"policy": "eyJ", "n": 1}', f'{{"policy": "{HIDDEN}", "n": 1}}'),
        ("key sk-0123456789abcdef", f"key {HIDDEN}"),
        ("https://user:pass@example.com/", f"https://{HIDDEN}@example.com/"),
    ],
)
def test_what_looks_like_a_secret_is_hidden(line: str, shown: str) -> None:
    assert redact(line) == shown


@pytest.mark.parametrize(
    "line",
    [
        "job 12 moved to running after 0.123 s",
        "update 123456789:12 of person 1001",
        "a bearer of news took the basic idea",
        "the demo shows a garden /botany/ and 10:30",
        "5 tokens left, the lock expires in 5 s",
        "sk-short",
    ],
)
def test_ordinary_lines_stay_as_they_are(line: str) -> None:
    assert redact(line) == line


@settings(deadline=None)
@given(
    secret=st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=6),
    around=st.tuples(st.text(), st.text()),
)
def test_a_configured_secret_is_found_in_every_disguise(
    secret: str, around: tuple[str, str]
) -> None:
    hide = Redactor([secret])
    before, after = around

    for form in (secret, quote(secret, safe=""), json.dumps(secret)[1:-1], repr(secret)[1:-1]):
        shown = hide(f"{before}<{form}>{after}")
        assert f"<{form}>" not in shown or form in HIDDEN


@settings(deadline=None)
@given(st.text())
def test_hiding_twice_is_hiding_once(line: str) -> None:
    assert redact(redact(line)) == redact(line)


def test_what_is_too_short_to_be_a_secret_does_not_tear_words_apart() -> None:
    assert Redactor(["a", "bot"])("about a robot") == "about a robot"
