"""What is looked at when a picture has arrived, and how answers are counted."""

from collections.abc import Sequence

from tests.journeys.guest import Guest
from tests.journeys.house import House
from tests.journeys.photos import SIZE, decoded, wears
from tests.people import Message


async def picture_is_right(
    house: House,
    guest: Guest,
    result: Message,
    before: bytes,
    garments: Sequence[str],
    *,
    size: tuple[int, int] = SIZE,
) -> None:
    """Check that a result shows who was on the photo before, now wearing these garments."""
    shown = await guest.picture(result)
    assert decoded(shown).size == size
    for garment in garments:
        assert wears(shown, before, garment), garment
    await guest.tap(result, "job.original")
    original = await guest.picture(await guest.shown("result.original"))
    assert original == house.drawn()[-1]
    assert decoded(original).size == size
