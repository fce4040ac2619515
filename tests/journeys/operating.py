"""What journeys of operators share: the operator, made-up updates, and looking at the trail."""

from tests.journeys.guest import Guest
from tests.journeys.house import OLGA, House
from tests.people import Json, Message, from_bot

GROUP = -1001
NAME = "@fitting_room_demo_bot"


def operator(house: House) -> Guest:
    """Return the operator."""
    return house.guest(OLGA)


async def joined(house: House, *people: int) -> None:
    """Let people join the group."""
    for person in people or (OLGA,):
        await house.control.set_member(GROUP, person, "member")


def user(person_id: int, first_name: str, username: str | None = None, **more: object) -> Json:
    """Return somebody as Telegram shows them."""
    named = {} if username is None else {"username": username}
    return {"id": person_id, "is_bot": False, "first_name": first_name, **named, **more}


def command(text: str, sender: Json, chat: Json | None = None, **more: object) -> Json:
    """Return an update: somebody writes a command, to the bot if no group is given."""
    private = {"id": sender["id"], "type": "private", "first_name": sender["first_name"]}
    length = len(text.split(maxsplit=1)[0])
    return {
        "message": {
            "message_id": 77,
            "date": 0,
            "chat": chat or private,
            "from": sender,
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": length}],
            **more,
        }
    }


async def met(house: House, *people: int) -> None:
    """Let people introduce themselves to the bot."""
    for person in people:
        guest = house.guest(person)
        await guest.say("/start")
        await guest.shown("welcome")


async def said_in_group(guest: Guest) -> list[Message]:
    """Return what the bot has said in the group."""
    return [one for one in await guest.messages(GROUP) if from_bot(one)]
