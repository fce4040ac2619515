"""What operators read about one person, in English; see `en`."""

TEXTS = {
    "admin.usage.quota": "/quota WHO",
    "admin.command.quota": "How somebody stands",
    "admin.usage.grant": "/grant WHO N [reason]",
    "admin.command.grant": "Give N extra credits, or take them: -N",
    "admin.usage.setquota": "/setquota WHO N|default [reason]",
    "admin.command.setquota": "How many credits somebody gets each day",
    "admin.per_day": "Each day: {amount}.",
    "admin.per_day.default": "{n}, like everybody",
    "admin.setquota": "✓ {who}\nCredits each day: {before} → <b>{after}</b>",
    "admin.setquota.ask": (
        "Give {who} no credits each day any more? {before} → <b>0</b>\nExtra ones stay theirs."
    ),
    "admin.usage.ban": "/ban WHO [reason]",
    "admin.command.ban": "Let somebody order nothing any more",
    "admin.usage.unban": "/unban WHO [reason]",
    "admin.command.unban": "Let somebody order again",
    "admin.standing": "🎟 <b>{who}</b>",
    "admin.has": "They have {total}: {daily} of today, {extra} extra.",
    "admin.running": "Under way: {orders}.",
    "admin.standing.banned": "🚫 Banned. Reason: {why}",
    "admin.no_reason": "not given",
    "admin.grant": "✓ {who}\nExtra credits: {before} → <b>{after}</b>",
    "admin.grant.ask": "Take extra credits from {who}: {before} → <b>{after}</b>?",
    "admin.grant.too_few": (
        "{who} has only {extra} extra. More than that can't be taken; /setquota limits a day."
    ),
    "admin.ban.ask": (
        "Ban <b>{who}</b>?\nOpen at the moment: {orders}. What has not begun is cancelled and "
        "costs nothing."
    ),
    "admin.ban": "✓ {who}\nmay order → <b>banned</b>\nCancelled and given back: {orders}.",
    "admin.ban.already": "{who} is banned already. /unban lets them order again.",
    "admin.ban.operator": "That is an operator, and operators can't be banned.",
    "admin.unban": "✓ {who}\nbanned → <b>may order</b>",
    "admin.unban.already": "{who} isn't banned.",
}
