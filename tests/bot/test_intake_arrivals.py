"""From raw JSON to a row: whose turn it is, what belongs together, and nothing ever raises."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake import arrival
from storage.inbox import Arrival

ANN = {"id": 7, "is_bot": False, "first_name": "Ann"}
PRIVATE = {"id": 7, "type": "private"}
CLUB = {"id": -1001, "type": "supergroup"}


def queue_of(**update: Any) -> int | None:  # noqa: ANN401 - any JSON
    found = arrival({"update_id": 1, **update})
    return found.queue if found else None


def album_of(**message: Any) -> str | None:  # noqa: ANN401 - any JSON
    found = arrival({"update_id": 1, "message": {"from": ANN, "chat": PRIVATE, **message}})
    return found.album if found else None


def test_the_whole_update_is_kept_as_it_came() -> None:
    update = {"update_id": 5, "message": {"from": ANN, "chat": PRIVATE, "text": "衣\ud800\x00"}}
    found = arrival(update)
    assert found is not None
    assert found == Arrival(5, 7, found.payload, None)
    assert json.loads(found.payload) == update
    assert found.payload.isascii()


@pytest.mark.parametrize(
    ("queue", "update"),
    [
        (7, {"message": {"from": ANN, "chat": PRIVATE}}),
        (7, {"message": {"from": ANN, "chat": CLUB}}),
        (7, {"callback_query": {"id": "1", "from": ANN, "message": {"chat": CLUB}}}),
        (7, {"my_chat_member": {"from": ANN, "chat": CLUB}}),
        (7, {"poll_answer": {"user": ANN}}),
        (7, {"something_new": {"from": ANN}}),
        (-1001, {"message": {"from": {"id": 1087968824}, "sender_chat": CLUB, "chat": CLUB}}),
        (-1001, {"channel_post": {"chat": CLUB, "sender_chat": CLUB}}),
        (-1001, {"chat_boost": {"chat": CLUB}}),
        (0, {"poll": {"id": "1"}}),
        (0, {"message": "nonsense"}),
        (0, {}),
    ],
)
def test_the_queue_is_the_persons_else_the_chats_else_nobodys(
    queue: int, update: dict[str, Any]
) -> None:
    assert queue_of(**update) == queue


@pytest.mark.parametrize("odd", [None, "7", True, 7.0, 2**63, -(2**70), [], {}])
def test_an_odd_id_is_nobodys(odd: object) -> None:
    assert queue_of(message={"from": {"id": odd}, "chat": {"id": odd}}) == 0
    assert queue_of(message={"from": {"id": odd}, "chat": PRIVATE}) == 7


def test_albums_are_named_by_chat_and_group() -> None:
    assert album_of(media_group_id="13") == "7:13"
    assert album_of(media_group_id="13", chat=CLUB) == "-1001:13"
    assert album_of() is None
    assert album_of(media_group_id=13) is None
    assert album_of(media_group_id="13", chat=None) is None


def test_edits_of_album_items_are_not_part_of_the_album() -> None:
    found = arrival({"update_id": 1, "edited_message": {"chat": PRIVATE, "media_group_id": "13"}})
    assert found is not None
    assert found.album is None


@pytest.mark.parametrize("nothing", [None, [], "x", 1, {}, {"update_id": None}])
@pytest.mark.parametrize("key", ["update_id"])
def test_what_has_no_id_is_no_update(nothing: object, key: str) -> None:
    assert arrival(nothing) is None
    assert arrival({key: nothing if nothing != 1 else "1"}) is None
    assert arrival({key: 2**63}) is None


ids = st.integers(-(2**65), 2**65)
json_values = st.recursive(
    st.none() | st.booleans() | ids | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "from", "chat", "user", "sender_chat", "message", "update_id"])
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(deadline=None, max_examples=200)
@given(json_values)
def test_nothing_that_can_come_raises(value: object) -> None:
    found = arrival(value)
    if found is not None:
        assert abs(found.update_id) < 2**63 > abs(found.queue)
