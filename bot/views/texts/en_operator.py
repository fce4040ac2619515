"""What people read of what an operator did, in English; see `en`."""

TEXTS = {
    "closed": (
        "Orders are paused for a little while: whoever runs this bot is looking after something. "
        "Please come back later."
    ),
    "progress.held.operator": (
        "⏸ <b>Orders are paused for a little while.</b>\n"
        "Yours keeps its place and goes on by itself."
    ),
    "given": "🎁 You have been given {credits} extra. They don't expire.",
    "banned": (
        "I'm sorry, I can't take anything from you at the moment. "
        "If you think that's a mistake, please talk to whoever runs this bot."
    ),
}
