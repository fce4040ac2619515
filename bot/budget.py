"""The daily money cap: what the settings say, unless an operator changed it at run time.

Money is in thousandths of a CNY.
"""

from storage import overrides
from storage.database import Tx

NAME = "DAILY_BUDGET_CNY"


async def cap(tx: Tx, setting: int) -> int:
    """Return what all pictures of a day may cost together."""
    changed = await overrides.get(tx, NAME)
    return setting if changed is None else int(changed)


async def change(tx: Tx, wanted: int | None, now: float) -> None:
    """Change the cap from now on; None: as the settings say."""
    await overrides.put(tx, NAME, None if wanted is None else str(wanted), now)
