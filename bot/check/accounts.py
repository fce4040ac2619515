"""What went wrong with an account at a vendor, in words that say what to do."""

from dataclasses import dataclass

from bot.check.findings import Bad, Doubtful, Finding
from providers.causes import Cause, Problem


@dataclass(frozen=True, slots=True)
class Account:
    """A vendor's host, what to do where the key is refused, and which setting is its address."""

    host: str
    mending: str
    url_setting: str


def trouble(problem: Problem, account: Account) -> Finding:
    """Return what is wrong, by the cause of what the vendor answered."""
    said = f"{problem.code} {problem.message}".strip()
    match problem.cause:
        case Cause.KEY_REFUSED | Cause.NOT_ALLOWED | Cause.MODEL_GONE:
            return Bad("key", f"refused ({said})", account.mending)
        case Cause.ARREARS:
            return Bad("account", f"has no money or no quota left ({said})", "Top it up.")
        case Cause.THROTTLED:
            host = account.host
            return Doubtful("connection", f"{host} asks for a pause", "Check again in a minute.")
        case _:
            do = (
                f"Check this machine's way to the internet, {account.url_setting} and the vendor's"
                " status."
            )
            return Bad("connection", f"{account.host} gives no answer of use ({said})", do)
