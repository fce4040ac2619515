"""Texts and HTML, as the Bot API reads them."""

import contextlib
import html as standard_html
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.html import parse_html
from bot.demo.telegram.text import (
    Formatted,
    slice_utf16,
    trimmed,
    utf16_length,
    with_found_entities,
)

PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def entity(kind: str, offset: int, length: int, **more: object) -> dict[str, object]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>bold</b> and <i>italic</i>", "bold and italic", [("bold", 0, 4), ("italic", 9, 6)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        (
            "<s>a</s><strike>b</strike><del>c</del>",
            "abc",
            [("strikethrough", 0, 1), ("strikethrough", 1, 1), ("strikethrough", 2, 1)],
        ),
        (
            '<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>',
            "ab",
            [("spoiler", 0, 1), ("spoiler", 1, 1)],
        ),
        ("<code>x</code>", "x", [("code", 0, 1)]),
        ("<blockquote>q</blockquote>", "q", [("blockquote", 0, 1)]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ("😀<b>x</b>", "😀x", [("bold", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<B>a</B >", "a", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("&lt;b&gt; &amp;amp; &quot;&#65;&#x1F600;&nbsp;", '<b> &amp; "A😀&nbsp;', []),
        ("a & b", "a & b", []),
        ("<b>a</>", "a", [("bold", 0, 1)]),
    ],
)
def test_html_becomes_text_and_entities(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    parsed = parse_html(source)
    assert text == parsed.text
    assert entities == [(one["type"], one["offset"], one["length"]) for one in parsed.entities]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            '<a href="https://a.example/x?a=1&amp;b=2">x</a>',
            entity("text_link", 0, 1, url="https://a.example/x?a=1&b=2"),
        ),
        ("<a href=https://a.example>x</a>", entity("text_link", 0, 1, url="https://a.example/")),
        ("<a href='a.example/y'>x</a>", entity("text_link", 0, 1, url="http://a.example/y")),
        ("<a>a.example</a>", entity("text_link", 0, 9, url="http://a.example/")),
        ('<a href="tg://user?id=7">x</a>', entity("text_mention", 0, 1, user={"id": 7})),
        ('<pre><code class="language-py">x</code></pre>', entity("pre", 0, 1, language="py")),
        ("<pre>x</pre>", entity("pre", 0, 1)),
        (
            '<tg-emoji emoji-id="53">👍</tg-emoji>',
            entity("custom_emoji", 0, 2, custom_emoji_id="53"),
        ),
    ],
)
def test_html_attributes_are_read(source: str, expected: dict[str, object]) -> None:
    assert [expected] == parse_html(source).entities


def test_a_link_to_nothing_is_plain_text() -> None:
    assert Formatted("x", []) == parse_html('<a href="nowhere">x</a>')


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("é<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 2'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href=", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_bad_html_is_refused_in_the_words_of_the_server(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.code == 400
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


@settings(deadline=None)
@given(PLAIN)
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    assert Formatted(text, []) == parse_html(standard_html.escape(text))


@settings(deadline=None)
@given(st.lists(st.tuples(PLAIN.filter(bool), st.sampled_from(["b", "i", "u", "s"])), max_size=5))
def test_every_entity_covers_exactly_what_was_marked(parts: list[tuple[str, str]]) -> None:
    source = "".join(f"<{tag}>{standard_html.escape(text)}</{tag}>" for text, tag in parts)
    parsed = parse_html(source)
    covered = [slice_utf16(parsed.text, one["offset"], one["length"]) for one in parsed.entities]
    assert [text for text, _ in parts] == covered


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_parsed_or_refused_but_never_breaks_the_parser(source: str) -> None:
    with contextlib.suppress(ApiError):
        parsed = parse_html(source)
        end = utf16_length(parsed.text)
        assert all(0 <= one["offset"] < end for one in parsed.entities)


@settings(deadline=None)
@given(PLAIN, st.integers(0, 50), st.integers(1, 50))
def test_trimming_keeps_entities_inside_the_text(text: str, offset: int, length: int) -> None:
    kept = trimmed(Formatted(text, [entity("bold", offset, length)]))
    assert kept.text == text.strip()
    for one in kept.entities:
        assert one["length"] > 0
        assert 0 <= one["offset"] <= one["offset"] + one["length"] <= utf16_length(kept.text)


def test_trimming_moves_entities_with_the_text() -> None:
    assert trimmed(Formatted(" \n a b ", [entity("bold", 3, 3)])) == Formatted(
        "a b", [entity("bold", 0, 3)]
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/tryon", [("bot_command", "/tryon")]),
        ("/tryon@fitting_room_bot now", [("bot_command", "/tryon@fitting_room_bot")]),
        ("1/2 and a/b", []),
        ("hi @anna_b!", [("mention", "@anna_b")]),
        ("mail a.b@example.com", [("email", "a.b@example.com")]),
        ("see https://a.example/x?y=1.", [("url", "https://a.example/x?y=1")]),
        ("😀 #style", [("hashtag", "#style")]),
    ],
)
def test_the_server_finds_entities_by_itself(text: str, found: list[tuple[str, str]]) -> None:
    entities = with_found_entities(Formatted(text)).entities
    covered = [(one["type"], slice_utf16(text, one["offset"], one["length"])) for one in entities]
    assert found == covered


def test_nothing_is_found_inside_code() -> None:
    marked = Formatted("/start", [entity("code", 0, 6)])
    assert with_found_entities(marked) == marked


class _Reference(HTMLParser):
    """The plain text of HTML, as the standard library reads it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_text_is_the_one_a_browser_would_show() -> None:
    source = "<b>Try &amp; <i>buy</i></b> &lt;3 <a href='https://a.example'>here</a>"
    reference = _Reference()
    reference.feed(source)
    reference.close()
    assert reference.text == parse_html(source).text
