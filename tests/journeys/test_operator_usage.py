"""What operators read of what was used is what happened."""

import csv
import io
from pathlib import Path

import pytest
from PIL import Image

from tests.journeys.house import BEN, open_house
from tests.journeys.operating import operator
from tests.journeys.photos import SIZE, decoded, encoded, photo
from tests.journeys.test_operator_orders import ordered
from tests.people import from_bot, has_picture, words


async def test_usage_is_a_table_a_chart_and_a_file(tmp_path: Path) -> None:
    wall = encoded(Image.new("RGB", SIZE, "wheat"))
    async with open_house(tmp_path) as house:
        anna, ben, olga = house.guest(), house.guest(BEN), operator(house)
        await ordered(anna)
        await anna.result()
        await ben.tap(await ben.card(wall, photo("tee")), "button.go")
        await ben.wait_for(lambda one: ben.reads(one, "fail.person_unclear"), since=0)
        await ordered(anna, "dress")
        await anna.result()
        await olga.say("/usage 3")
        table = words(await olga.shown("admin.usage_head"))
        for line in (
            "3  orders",
            "2  done",
            "1  failed",
            "2  people",
            "4  credits",
            "1.00  CNY",
            "1  no clear person",
        ):
            assert line in table
        assert "   2       1  1.00  aitryon-plus" in table
        chart = await olga.wait_for(has_picture)
        assert olga.reads(chart, "admin.usage_legend")
        assert decoded(await olga.picture(chart)).size == (1280, 760)
        file = await olga.wait_for(lambda one: from_bot(one) and "document" in one)
        assert file["document"]["file_name"] == "usage-2026-03-12-2026-03-14.csv"
        text = (await olga.picture(file)).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert [(row["state"], row["cause"], int(row["orders"])) for row in rows] == [
            ("done", "", 2),
            ("failed", "person_unclear", 1),
        ]
        assert sum(float(row["cost_cny"]) for row in rows) == pytest.approx(1.0)
        assert {row["day"] for row in rows} == {"2026-03-14"}
        await house.end()
        [[spent]] = await house.look("SELECT sum(cost) FROM ledger")
        assert spent == 1000


async def test_usage_counts_days_of_the_house_and_no_others(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna, olga = house.guest(), operator(house)
        await ordered(anna)
        await anna.result()
        await house.control.advance(2 * 86400.0)
        await olga.say("/usage 2")
        await olga.shown("admin.usage_none")
        await olga.say("/usage")
        assert "1  orders" in words(await olga.shown("admin.usage_head"))
        for text, key in {
            "/usage 0": "admin.misread.range",
            "/usage 91": "admin.misread.range",
            "/usage week": "admin.misread.number",
            "/usage 7 days": "admin.misread.more",
        }.items():
            await olga.say(text)
            await olga.shown(key)
