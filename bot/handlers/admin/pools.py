"""`/groupquota`: how many credits a group's pool gets each day."""

from bot.handlers.admin.office import Answer, Confirm, Office, told
from bot.handlers.admin.people import PerDay
from bot.views import admin_people as words
from storage import allowances, groups
from storage.audit import Change


async def set_quota(office: Office, chat_id: int, wanted: PerDay) -> Answer:
    """Set what a group's pool is given each day."""
    group = await groups.get(office.tx, chat_id)
    if group is None:
        return told(words.no_group(office.language, chat_id))
    house = office.rules.group_daily_credits
    own = await allowances.get(office.tx, group.account)
    before = words.per_day(office.language, own, house)
    after = words.per_day(office.language, wanted.credits, house)
    if wanted.credits == 0 and not office.confirmed:
        return Confirm(words.no_pool(office.language, group.title, before))
    await allowances.put(office.tx, group.account, wanted.credits, office.now)
    day = office.rules.day(office.now)
    has = await allowances.open_day(office.tx, group.account, day, house, office.now)
    await office.note(
        Change(
            office.operator,
            "groupquota",
            "default" if own is None else str(own),
            "default" if wanted.credits is None else str(wanted.credits),
            wanted.reason,
            chat_id=group.chat_id,
        )
    )
    return told(words.pool_set(office.language, group.title, before, after, has))
