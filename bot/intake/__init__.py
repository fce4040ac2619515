"""Updates from Telegram into the inbox: durable first, acknowledged after.

Telegram forgets an update as soon as it is acknowledged, by the next offset or by
answering 200, so that only happens once the update is committed. What comes again after
a crash is recognised by its id. The raw JSON is kept: an update that the library cannot
parse is not lost, and does not hold up the others.

What an update means is not looked at here, except whose queue it belongs to.
"""

from bot.intake.arrivals import ALLOWED_UPDATES, POINTS, arrival
from bot.intake.calls import TokenRefused
from bot.intake.polling import Poller
from bot.intake.webhook import Webhook, WebhookRefused, register

__all__ = [
    "ALLOWED_UPDATES",
    "POINTS",
    "Poller",
    "TokenRefused",
    "Webhook",
    "WebhookRefused",
    "arrival",
    "register",
]
