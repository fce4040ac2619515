"""Asks all checks at the same time, shows what they found, and gives the exit code."""

import asyncio
import shutil
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import httpx

from bot import observe, settings
from bot.check import environment
from bot.check.around import Around
from bot.check.dashscope import dashscope
from bot.check.database import database
from bot.check.findings import Bad, Finding, Section, all_well
from bot.check.photos import photos
from bot.check.table import MARKS, PLAIN_MARKS, document, table
from bot.check.telegram import telegram
from bot.check.vendors import damo, fashn
from bot.clock import Clock
from bot.reasons import reason
from bot.redaction import Redactor
from bot.settings import SettingsProblem

NETWORK_SECONDS = 45.0  # for a subject that is asked over the network, repetitions included
DISK_SECONDS = 120.0  # for a large database

Check = Callable[[Around], Awaitable[tuple[Finding, ...]]]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is checked, how, and how long that may take in real seconds."""

    name: str
    check: Check
    seconds: float


SUBJECTS: tuple[Subject, ...] = (
    Subject("Database", database, DISK_SECONDS),
    Subject("Telegram", telegram, NETWORK_SECONDS),
    Subject("DashScope", dashscope, NETWORK_SECONDS),
    Subject("DAMO", damo, NETWORK_SECONDS),
    Subject("FASHN", fashn, NETWORK_SECONDS),
    Subject("Photo host", photos, NETWORK_SECONDS),
)


def run(*, as_json: bool) -> int:
    """Check everything, print it to standard output, and return 0 if the bot can work."""
    try:
        found = settings.load()
    except SettingsProblem as problem:
        return _shown([Section("Settings", environment.unusable(problem))], as_json=as_json)
    observe.set_up("warning", found.log_format, found.secrets)
    first = Section("Settings", environment.usable(found, settings.oddities()))
    sections = [first, *asyncio.run(_all_of(found))]
    return _shown(sections, as_json=as_json, secrets=found.secrets)


async def _all_of(found: settings.Settings) -> list[Section]:
    async with httpx.AsyncClient(follow_redirects=False) as client:
        return await checked(Around(found, Clock(), client))


async def checked(around: Around, subjects: Sequence[Subject] = SUBJECTS) -> list[Section]:
    """Ask all checks; whatever happens to one of them, it has a finding to show.

    Subjects about which there is nothing to say are left out.
    """
    sections = await asyncio.gather(*(_section(subject, around) for subject in subjects))
    return [section for section in sections if section.findings]


async def _section(subject: Subject, around: Around) -> Section:
    try:
        async with asyncio.timeout(subject.seconds):
            return Section(subject.name, await subject.check(around))
    except TimeoutError:
        said = f"not done within {subject.seconds:.0f} seconds"
        found = Bad("check", said, "Try again; if it stays so, look at what is slow there.")
    except Exception as error:  # noqa: BLE001  one check must not hide the others
        found = Bad("check", reason(error), "This is a fault of the program; please report it.")
    return Section(subject.name, (found,))


def _shown(sections: Sequence[Section], *, as_json: bool, secrets: Sequence[str] = ()) -> int:
    hide = Redactor(secrets)  # nothing should be in there; this is where it would come out
    text = document(sections) if as_json else _table(sections)
    sys.stdout.write(f"{hide(text)}\n")
    return 0 if all_well(sections) else 1


def _table(sections: Sequence[Section]) -> str:
    width = shutil.get_terminal_size((100, 24)).columns
    try:
        "".join(MARKS.values()).encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return table(sections, width=width, marks=PLAIN_MARKS)
    return table(sections, width=width)
