"""`/groupquota`: how many credits the pools of groups get each day."""

from bot.handlers.admin.office import Answer, Confirm, Office, told
from bot.handlers.admin.people import PerDay
from bot.views import admin_pools as words
from bot.views.admin_people import per_day
from storage import allowances, groups
from storage.audit import Change

MOST = 15  # groups in one list: the longest titles just fit into a message


async def all_of_them(office: Office) -> Answer:
    """Tell how the pools of the groups stand in which the bot is, so that one can be named."""
    house, day = office.rules.group_daily_credits, office.rules.day(office.now)
    lines = []
    for group in await groups.present(office.tx, MOST):
        own = await allowances.get(office.tx, group.account)
        has = await allowances.open_day(office.tx, group.account, day, house, office.now)
        lines.append(words.pool(office.language, group, per_day(office.language, own, house), has))
    more = await groups.count_present(office.tx) - len(lines)
    return told(words.pools(office.language, lines, more))


async def set_quota(office: Office, chat_id: int, wanted: PerDay) -> Answer:
    """Set what a group's pool is given each day."""
    group = await groups.get(office.tx, chat_id)
    if group is None:
        return told(words.no_group(office.language, chat_id))
    house = office.rules.group_daily_credits
    own = await allowances.get(office.tx, group.account)
    before = per_day(office.language, own, house)
    after = per_day(office.language, wanted.credits, house)
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
