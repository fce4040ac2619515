"""Who lives in the demo: three people, their groups, the operator and the bot.

Plain data for the local Telegram. Mei's client speaks Chinese, so that the bot's second
language is one click away; Olga is the operator, whose id belongs in `ADMIN_IDS`.
"""

from typing import Final

from bot.demo.telegram.model import (
    BotAccount,
    Channel,
    GroupChat,
    PersonAccount,
    Topic,
    World,
)

ANNA: Final = PersonAccount(1001, "Anna", "anna", "en")
BEN: Final = PersonAccount(1002, "Ben", "ben", "en")
MEI: Final = PersonAccount(1003, "Mei", "mei", "zh-hans")
OLGA: Final = PersonAccount(1004, "Olga", "olga", "en", operator=True)

BOT: Final = BotAccount(
    id=4242,
    first_name="Fitting Room",
    username="fitting_room_demo_bot",
    token="4242:demo-token-valid-on-this-machine-only",  # noqa: S106 - opens nothing elsewhere
)

# Groups of the three kinds: an ordinary one, which has a channel beside it; a forum, in which
# the operator is, too; and a basic group, which can still become a supergroup.
STYLE_CLUB: Final = GroupChat(
    id=-1001,
    title="Style Club",
    members=(ANNA.id, BEN.id, MEI.id),
    channel=Channel(-1003, "Style News", "style_news"),
)
WARDROBE: Final = GroupChat(
    id=-1002,
    title="Wardrobe Talk",
    members=(BEN.id, ANNA.id, MEI.id, OLGA.id),
    topics=(Topic(2, "Dresses"), Topic(3, "Denim"), Topic(4, "Rate my look")),
)
ROOMMATES: Final = GroupChat(
    id=-5,
    title="Roommates",
    members=(MEI.id, ANNA.id),
    supergroup=False,
)

WORLD: Final = World(
    bot=BOT,
    people=(ANNA, BEN, MEI, OLGA),
    groups=(STYLE_CLUB, WARDROBE, ROOMMATES),
)
