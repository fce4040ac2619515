"""What is looked at when a picture has arrived, and how answers are counted."""

from collections.abc import Sequence

from tests.journeys.guest import Guest
from tests.journeys.house import House
from tests.journeys.photos import SIZE, decoded, faces_differ, wears
from tests.people import Message


async def picture_is_right(  # noqa: PLR0913  what is looked at, and where
    house: House,
    guest: Guest,
    result: Message,
    before: bytes,
    garments: Sequence[str],
    *,
    size: tuple[int, int] = SIZE,
    new_face: bool = False,
    chat: int | None = None,
) -> None:
    """Check that a result shows who was on the photo before, now wearing these garments.

    And that the original file is, byte by byte, what the image service drew.
    """
    shown = await guest.picture(result)
    assert decoded(shown).size == size
    assert faces_differ(shown, before) is new_face
    for garment in garments:
        assert wears(shown, before, garment), garment
    await guest.tap(result, "job.original")
    sent = await guest.wait_for(lambda one: guest.reads(one, "result.original"), chat=chat)
    original = await guest.picture(sent)
    assert original in house.drawn()
    assert decoded(original).size == size
