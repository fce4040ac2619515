"""What operators read about money. Amounts come in thousandths of a CNY."""

from bot.views.texts import text


def cny(thousandths: int) -> str:
    """Return an amount of CNY, with cents where there are some."""
    whole, rest = divmod(thousandths, 1000)
    return str(whole) if rest == 0 else f"{thousandths / 1000:.2f}"


def standing(language: str, *, today: int, month: int, cap: int, changed: bool) -> str:
    """Tell what was spent, and what may be spent a day."""
    share = round(100 * today / cap) if cap else 100
    key = "admin.budget.changed" if changed else "admin.budget.setting"
    lines = (
        text(language, "admin.budget", today=cny(today), cap=cny(cap), share=share),
        text(language, "admin.budget.month", month=cny(month)),
        text(language, key),
    )
    return "\n".join(lines)


def changed(language: str, before: int, after: int) -> str:
    """Tell that the cap is another one now."""
    return text(language, "admin.budget.set", before=cny(before), after=cny(after))


def nothing_more(language: str, before: int) -> str:
    """Ask whether really nothing may be spent any more."""
    return text(language, "admin.budget.ask", before=cny(before))
