"""What operators read about money and models, in English; see `en`."""

TEXTS = {
    "admin.usage.budget": "/budget [N|default] [reason]",
    "admin.command.budget": "Money spent, and the most a day may cost (CNY)",
    "admin.misread.money": "“{word}” is no amount of CNY, such as 80 or 12.50.",
    "admin.budget": "💰 Today: <b>{today}</b> of {cap} CNY ({share} %)",
    "admin.budget.month": "This month: {month} CNY",
    "admin.budget.setting": "The cap is the one of the settings.",
    "admin.budget.changed": "An operator set the cap; /budget default takes that back.",
    "admin.budget.set": "✓ Cap for each day: {before} → <b>{after} CNY</b>",
    "admin.budget.ask": (
        "Let nothing be spent any more? {before} → <b>0 CNY</b> a day\n"
        "Nobody can order then, until you raise it."
    ),
    # --- models ---
    "admin.usage.models": "/models",
    "admin.command.models": "Which models take orders, and why others don't",
    "admin.usage.pause": "/pause [model [reason]]",
    "admin.command.pause": "Hold a model, or all orders, back",
    "admin.usage.resume": "/resume [model [reason]]",
    "admin.command.resume": "Let it go on",
    "admin.misread.model": "There is no model “{word}” here. /models names them.",
    "admin.models": "<b>Models, in the order of preference</b>",
    "admin.models.closed": "⏸ <b>All orders are paused by an operator</b>, for {since}.",
    "admin.models.name": "{health} <b>{name}</b>",
    "admin.unknown": "not known yet",
    "admin.models.well": "🟢",
    "admin.models.held_by_operator": "⏸",
    "admin.models.held_by_itself": "🔴",
    "admin.models.load": "{waiting} waiting, {drawn} being drawn. Usual time: {runtime}",
    "admin.models.by_operator": "Paused by an operator, for {since}; /resume ends it.",
    "admin.models.why": "{reason}, for {since}",
    "admin.models.until": "{reason}, for {since}; next try in {left}",
    "admin.models.all": "all orders",
    "admin.pause.ask": (
        "Pause <b>{what}</b>?\nWaiting now: {waiting}. Nobody loses their place, and they read "
        "that it is paused. It goes on when you say /resume."
    ),
    "admin.pause": (
        "✓ {what}: running → <b>paused</b>\nWaiting now: {waiting}. Nobody loses their place."
    ),
    "admin.pause.already": "An operator paused {what} already. /resume ends that.",
    "admin.resume": "✓ {what}: paused → <b>running</b>",
    "admin.resume.already": "Not paused: {what}.",
    "admin.resume.still": "Still held back: {models}. /models says why.",
    "admin.state.on": "running",
    "admin.state.paused": "paused",
}
