"""What operators read around their commands, in English; see `en`."""

TEXTS = {
    "admin.help": (
        "<b>Commands for operators</b>\n"
        "WHO is an @username or a numeric id, or nobody where you reply to somebody's message."
    ),
    "admin.usage": "This is how it goes:",
    "admin.misread.no_who": "Whom do you mean? Name an @username or a numeric id, or reply.",
    "admin.misread.who": "I can't tell who “{word}” is: an @username or a numeric id is needed.",
    "admin.misread.no_number": "How many? A whole number is missing.",
    "admin.misread.number": "“{word}” is no whole number.",
    "admin.misread.range": "{word} is outside of what makes sense here.",
    "admin.misread.zero": "0 would change nothing.",
    "admin.misread.long": "The reason is too long: 200 characters are enough.",
    "admin.misread.more": "I don't know what to do with “{word}”.",
    "admin.nobody": "I have never seen anybody called @{handle}. A numeric id always works.",
    "admin.which": (
        "<b>Who is @{handle}?</b>\n"
        "This username may have passed from one person to another. Whom do you mean?"
    ),
    "admin.days": "{n} d",
    "admin.yes": "✓ Yes, do it",
    "admin.no": "No, leave it",
    "admin.left_alone": "Okay, everything stays as it is.",
    "admin.question.not_yours": "This question was not put to you.",
    "admin.question.answered": "That is answered already.",
    "admin.question.expired": "That was a while ago. Please give the command again.",
    "admin.someone": "{name} (@{handle}, {id})",
    "admin.someone.nameless": "{name} ({id})",
    "admin.someone.unknown": "{id}",
    "admin.stranger": "I have never met {id}: they have to write to me first.",
    "admin.usage.admin": "/admin",
    "admin.command.admin": "All commands for operators",
    # --- the trail ---
    "admin.usage.audit": "/audit [WHO]",
    "admin.command.audit": "What operators changed",
    "admin.trail": "<b>What was changed, newest first</b>",
    "admin.trail.empty": "Nothing was changed yet.",
    "admin.trail.line": "{at} · {operator}\n/{action} {subject}: {before} → {after}",
    "admin.trail.reason": "{reason}",
    "admin.state.default": "like everybody",
    "admin.state.open": "may order",
    "admin.state.banned": "banned",
}
