"""What operators read about the pools of groups, in English; see `en`."""

TEXTS = {
    "admin.pools": "🎟 <b>Pools of the groups I'm in</b>",
    "admin.pools.one": (
        "<b>{title}</b>\n<code>{id}</code>\nEach day: {per_day}. Left today: {left}."
    ),
    "admin.pools.more": "And {n} more: say /groupquota N in the group itself.",
    "admin.pools.how": "To change one: /groupquota CHAT N",
    "admin.pools.none": "I'm not in any group at the moment.",
    "admin.usage.groupquota": "/groupquota [[CHAT] N|default [reason]]",
    "admin.command.groupquota": "How many credits a group's pool gets each day",
    "admin.misread.no_chat": "Which group? Say it in the group, or put its id first: -100…",
    "admin.groupquota": (
        "✓ {title}\nThe pool's credits each day: {before} → <b>{after}</b>\nLeft today: {left}."
    ),
    "admin.groupquota.ask": (
        "Give the pool of <b>{title}</b> no credits each day any more? {before} → <b>0</b>"
    ),
    "admin.groupquota.unknown": "I have never been in a group {id}.",
}
