"""Operators are told in their own language, whatever the house's is."""

import json
from pathlib import Path

import pytest

from bot.alerts import Alerts
from bot.views.texts import text
from storage import people
from storage.database import Database, Tx

CHOSE, CLIENT, UNKNOWN_CLIENT, NEVER_MET = 4, 5, 6, 7
OPERATORS = (CHOSE, CLIENT, UNKNOWN_CLIENT, NEVER_MET)


async def _introduced(tx: Tx) -> None:
    for operator, client in ((CHOSE, "en"), (CLIENT, "zh-hans"), (UNKNOWN_CLIENT, "fr")):
        await people.seen(tx, operator, None, "Olga", client, 1.0)
    await people.set_language(tx, CHOSE, "zh")


@pytest.mark.parametrize("default", ["en", "zh"])
async def test_every_operator_reads_an_alert_in_their_own_language(
    tmp_path: Path, default: str
) -> None:
    db = await Database.open(tmp_path / "test.db")
    alerts = Alerts(OPERATORS, default)
    async with db.transaction("meet") as tx:
        await _introduced(tx)
    async with db.transaction("tell") as tx:
        await alerts.tell(tx, "disk_low", 2.0, "3 % left")
    async with db.reading() as tx:
        rows = await tx.rows("SELECT chat_id, payload FROM outbox")
    await db.close()
    said = {chat: json.loads(payload)["body"]["content"]["text"] for chat, payload in rows}
    wanted = {CHOSE: "zh", CLIENT: "zh", UNKNOWN_CLIENT: default, NEVER_MET: default}
    assert said.keys() == wanted.keys()
    for operator, language in wanted.items():
        assert text(language, "alert.disk_low") in said[operator]
        assert said[operator].endswith(text(language, "alert.detail", detail="3 % left"))
