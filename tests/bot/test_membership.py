"""The bot's rights in a group change: what was said of them is not said again while it is so."""

import pytest

from bot.courier.closing import NO_PICTURES
from bot.demo.telegram.model import Status
from storage import notices
from tests.bot.hall import NEW, NOW, Hall, came


@pytest.mark.parametrize(
    ("after", "denied", "again"),
    [
        (Status.RESTRICTED, {"can_send_photos"}, False),
        (Status.RESTRICTED, {"can_send_photos", "can_send_polls"}, False),
        (Status.RESTRICTED, {"can_send_documents"}, False),
        (Status.RESTRICTED, {"can_send_polls"}, True),
        (Status.MEMBER, set[str](), True),
        (Status.ADMINISTRATOR, set[str](), True),
        (Status.LEFT, set[str](), False),
        (Status.KICKED, set[str](), False),
    ],
)
async def test_that_pictures_are_not_allowed_is_said_again_only_after_they_were(
    hall: Hall, after: Status, denied: set[str], *, again: bool
) -> None:
    async with hall.db.transaction("t") as tx:
        assert await notices.first_time(tx, NEW, NO_PICTURES, NOW)
    await hall.hear(came(NEW, Status.RESTRICTED, after, denied))
    async with hall.db.transaction("t") as tx:
        assert await notices.first_time(tx, NEW, NO_PICTURES, NOW) is again
