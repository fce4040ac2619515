"""`/budget`: what pictures have cost, and how much they may cost a day."""

from dataclasses import dataclass

from bot import budget
from bot.handlers.admin.arguments import Words
from bot.handlers.admin.office import Answer, Confirm, Office, told
from bot.views import admin_money as words
from storage import ledger, overrides
from storage.audit import Change


@dataclass(frozen=True, slots=True)
class Cap:
    """The wanted cap in thousandths of a CNY, None: as the settings say; and why."""

    thousandths: int | None
    reason: str | None


def read_budget(said: Words) -> Cap | None:
    """Read the wanted cap; None: none was named. Raises `Misread`."""
    return Cap(said.money_or_default(), said.rest()) if said.more() else None


async def cap(office: Office, wanted: Cap | None) -> Answer:
    """Tell how the money stands, or change the cap."""
    setting = office.rules.daily_budget
    before = await budget.cap(office.tx, setting)
    if wanted is None:
        return told(await _standing(office, before))
    after = setting if wanted.thousandths is None else wanted.thousandths
    if after == 0 and not office.confirmed:
        return Confirm(words.nothing_more(office.language, before))
    await budget.change(office.tx, wanted.thousandths, office.now)
    await office.note(
        Change(
            office.operator,
            "budget",
            words.cny(before),
            words.cny(after),
            wanted.reason,
            subject=budget.NAME,
        )
    )
    said = words.changed(office.language, before, after)
    return told(f"{said}\n{await _standing(office, after)}")


async def _standing(office: Office, most: int) -> str:
    today = office.rules.day(office.now)
    return words.standing(
        office.language,
        today=await ledger.spent(office.tx, today),
        month=await ledger.spent_since(office.tx, f"{today[:7]}-01", today),
        cap=most,
        changed=await overrides.get(office.tx, budget.NAME) is not None,
    )
