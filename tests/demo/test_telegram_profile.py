"""How the bot presents itself: commands per scope and language, texts, menu button."""

import pytest
from telegram import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
    MenuButtonCommands,
    MenuButtonDefault,
    MenuButtonWebApp,
    WebAppInfo,
)
from telegram.error import BadRequest

from tests.demo.conftest import ANNA, BEN, CLUB, MEI, OLGA, Local


def commands(*names: str) -> list[BotCommand]:
    return [BotCommand(name, f"does {name}") for name in names]


def offered(local: Local, person: int, chat: int | None = None) -> list[str]:
    return [one["command"] for one in local.person(person, chat).commands()]


async def test_the_narrowest_scope_wins(local: Local) -> None:
    local.start(ANNA, OLGA)
    bot = local.bot
    await bot.set_my_commands(commands("any"))
    assert offered(local, ANNA) == offered(local, ANNA, CLUB) == ["any"]
    await bot.set_my_commands(commands("private"), BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(commands("group"), BotCommandScopeAllGroupChats())
    await bot.set_my_commands(commands("admins"), BotCommandScopeAllChatAdministrators())
    await bot.set_my_commands(commands("grant", "audit"), BotCommandScopeChat(OLGA))
    assert offered(local, ANNA) == ["private"]
    assert offered(local, OLGA) == ["grant", "audit"]
    assert offered(local, BEN, CLUB) == ["group"]
    assert offered(local, ANNA, CLUB) == ["admins"]  # she created it
    await bot.set_my_commands(commands("club"), BotCommandScopeChat(CLUB))
    assert offered(local, ANNA, CLUB) == offered(local, BEN, CLUB) == ["club"]
    await bot.set_my_commands(commands("bosses"), BotCommandScopeChatAdministrators(CLUB))
    assert offered(local, ANNA, CLUB) == ["bosses"]
    await bot.set_my_commands(commands("ben"), BotCommandScopeChatMember(CLUB, BEN))
    assert offered(local, BEN, CLUB) == ["ben"]


async def test_in_each_scope_the_own_language_wins(local: Local) -> None:
    await local.bot.set_my_commands(commands("help"))
    await local.bot.set_my_commands(commands("bangzhu"), language_code="zh")
    local.start(MEI, ANNA)
    assert offered(local, MEI) == ["bangzhu"]  # her client says zh-hans
    assert offered(local, ANNA) == ["help"]
    private = BotCommandScopeAllPrivateChats()
    await local.bot.set_my_commands(commands("narrow"), private)
    assert offered(local, MEI) == ["narrow"]  # the scope counts before the language


async def test_commands_are_read_back_and_deleted_exactly(local: Local) -> None:
    scope = BotCommandScopeAllPrivateChats()
    await local.bot.set_my_commands(commands("a", "b"), scope, "zh")
    assert [one.command for one in await local.bot.get_my_commands(scope, "zh")] == ["a", "b"]
    assert await local.bot.get_my_commands(scope) == ()
    await local.bot.delete_my_commands(scope, "zh")
    assert await local.bot.get_my_commands(scope, "zh") == ()


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ([{"command": "Help", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "try-on", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "x", "description": "x" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "x", "description": "x"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
        (["x"], "can't parse BotCommand"),
        ({}, "expected an Array of BotCommand"),
    ],
)
async def test_odd_commands_are_refused(local: Local, given: object, complaint: str) -> None:
    assert complaint in await local.refused("setMyCommands", commands=given)


@pytest.mark.parametrize(
    ("scope", "complaint"),
    [
        ({"type": "everywhere"}, "Unsupported type specified"),
        ({"type": "chat"}, "chat not found"),
        ({"type": "chat", "chat_id": 77}, "chat not found"),
        ({"type": "chat_member", "chat_id": CLUB, "user_id": "x"}, "invalid user_id"),
        ([], "expected an Object"),
    ],
)
async def test_odd_scopes_are_refused(local: Local, scope: object, complaint: str) -> None:
    assert complaint in await local.refused("setMyCommands", commands=[], scope=scope)


async def test_a_language_is_two_letters(local: Local) -> None:
    said = await local.refused("setMyCommands", commands=[], language_code="zh-hans")
    assert said == "Bad Request: invalid language code specified"


async def test_texts_are_stored_by_language_and_fall_back(local: Local) -> None:
    bot = local.bot
    assert (await bot.get_my_name()).name == "Fitting Room"
    await bot.set_my_name("Shiyijian", language_code="zh")
    assert (await bot.get_my_name(language_code="zh")).name == "Shiyijian"
    assert (await bot.get_my_name(language_code="fr")).name == "Fitting Room"
    await bot.set_my_name("New")
    await bot.set_my_name()
    assert (await bot.get_my_name()).name == "Fitting Room"
    await bot.set_my_description("Try clothes on.")
    assert (await bot.get_my_description(language_code="zh")).description == "Try clothes on."
    await bot.set_my_description("")
    assert (await bot.get_my_description()).description == ""
    await bot.set_my_short_description("Short.", language_code="zh")
    short = await bot.get_my_short_description(language_code="zh")
    assert short.short_description == "Short."


@pytest.mark.parametrize(
    ("method", "field", "length"),
    [
        ("setMyName", "name", 64),
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
    ],
)
async def test_texts_have_a_longest_length(
    local: Local, method: str, field: str, length: int
) -> None:
    assert (await local.call(method, **{field: "x" * length}))["ok"]
    assert "too long" in await local.refused(method, **{field: "x" * (length + 1)})


async def test_the_menu_button_is_per_chat_or_for_all(local: Local) -> None:
    local.start(ANNA)
    assert isinstance(await local.bot.get_chat_menu_button(), MenuButtonCommands)
    await local.bot.set_chat_menu_button(menu_button=MenuButtonDefault())
    app = MenuButtonWebApp("Open", WebAppInfo("https://a.example"))
    await local.bot.set_chat_menu_button(ANNA, app)
    assert isinstance(await local.bot.get_chat_menu_button(), MenuButtonDefault)
    assert isinstance(await local.bot.get_chat_menu_button(ANNA), MenuButtonWebApp)
    said = await local.refused("setChatMenuButton", menu_button={"type": "disco"})
    assert "unsupported type" in said
    with pytest.raises(BadRequest, match=r"(?i)not a private chat"):
        await local.bot.set_chat_menu_button(CLUB, app)
