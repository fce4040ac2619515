"""What the bot says of credits, in English: what is left, what things cost, and when there is more.

`…own` is said of people's own credits, `…pool` of a group's, `…limit` where a member may not
use more in a group that day.
"""

TEXTS = {
    # --- on a card ---
    "card.price.own": "Price: <b>{price}</b> (you have {have})",
    "card.price.pool": "Price: <b>{price}</b> (the group has {have})",
    "card.price.limit": "Price: <b>{price}</b> (you have {have} left in this group today)",
    "card.too_dear": "That is more than is left. {more}",
    # --- refusals ---
    "no_credits": "{left}, that is not enough. {more} More: /quota",
    "cheaper_fits": (
        "{left}, not enough for this quality. Another one on the card would fit, or wait. {more}"
    ),
    "fewer_fit": "{left}, not enough for all of them. Fewer styles would fit, or wait. {more}",
    "purse.left.own": "You have {balance} left",
    "purse.left.pool": "The group has {balance} left today",
    "purse.left.limit": "You have {balance} left in this group today",
    "purse.more.own": "New credits come in {renews}.",
    "purse.more.pool": "New ones for the group come in {renews}.",
    "purse.more.limit": "In {renews} you get {limit} again.",
    # --- /quota ---
    "quota": "🎟 <b>Your credits</b>",
    "quota.daily": "Today: <b>{daily}</b> left. New ones come in {renews}.",
    "quota.extra": "Extra: <b>{extra}</b>. They don't expire.",
    "quota.pool": (
        "🎟 This group has <b>{left}</b> left, for everybody here. New ones come in {renews}."
    ),
    "quota.members": (
        "🎟 Everybody pays with their own credits here. You have <b>{left}</b> left. "
        "New ones come in {renews}."
    ),
    "quota.used": "You have used {used} here today.",
    "quota.used_of": "You have used {used} here today, of {limit} that each member may.",
    "quota.running": "<b>Under way</b>",
    "quota.queued": "• {wear}: number {position} in the queue",
    "quota.drawing": "• {wear}: being drawn",
    "quota.idle": "Nothing is under way.",
    "quota.prices": "<b>What a picture costs, by quality</b>",
    "quota.price": "• {model}: {price}, {wait}",
    "quota.free": "Failed and cancelled orders cost nothing.",
}
