"""What is said about the settings."""

from bot.check.environment import unusable, usable
from bot.check.findings import Bad, Doubtful, Good
from bot.settings import SettingsProblem
from tests.check.surroundings import Place, kinds


async def test_good_settings_are_said_to_be_good(place: Place) -> None:
    assert kinds(usable(place.around().settings, [])) == {"values": Good}


async def test_a_name_that_was_probably_meant_for_us_is_shown(place: Place) -> None:
    found = usable(place.around().settings, ["ADMIN_ID is no setting; did you mean ADMIN_IDS?"])

    assert isinstance(found[1], Doubtful)
    assert found[1].item == "ADMIN_ID"
    assert found[1].said == "is no setting; did you mean ADMIN_IDS?"


async def test_a_bot_without_an_operator_is_doubtful(place: Place) -> None:
    found = usable(place.around(admin_ids=()).settings, [])

    assert kinds(found)["ADMIN_IDS"] is Doubtful


def test_each_problem_is_a_line_of_its_own() -> None:
    problem = SettingsProblem(
        ["TIMEZONE: 'Mars' is no time zone; use a name such as Europe/Berlin", "A is missing: b"]
    )

    found = unusable(problem)

    assert [(type(one), one.item) for one in found] == [(Bad, "TIMEZONE"), (Bad, "A")]
    assert found[0].said == "'Mars' is no time zone; use a name such as Europe/Berlin"


async def test_a_model_that_was_asked_for_and_cannot_be_used_is_shown(place: Place) -> None:
    found = usable(place.around(tryon_models=("aitryon", "fashn")).settings, [])

    assert isinstance(found[1], Doubtful)
    assert (found[1].item, found[1].said) == ("TRYON_MODELS", "fashn is left out")
    assert found[1].do == "Set FASHN_API_KEY; or take it out of the list."
