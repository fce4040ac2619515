"""Which other model an order goes to, and what has to be left out."""

from dataclasses import replace

import pytest

from bot.detours import left_out, way, ways
from bot.orders import Photo, Restyle, TryOn
from providers.spec import ModelSpec, PhotoRules
from providers.styles import Style
from providers.wishes import Face, Size, Wear

PHOTO = Photo("file", "unique", 600, 800)
ORDER = TryOn(Wear.TOP, PHOTO, PHOTO, None, model="gone", face=Face.NEW, size=Size.W576)
ABLE = ModelSpec(
    model="able",
    account="acme",
    wears=frozenset(Wear),
    faces=tuple(Face),
    sizes=tuple(Size),
    photos=PhotoRules(1, 10**6, 1, 4096),
    credits=2,
    cost=500,
    submits_per_second=1,
    in_progress=1,
    queries_per_second=1,
    typical_seconds=(1, 2),
    cost_per_input=10,
)
DEAR = replace(ABLE, model="dear", credits=3)
DEARER = replace(ABLE, model="dearer", credits=4)
PLAIN = replace(ABLE, model="plain", sizes=(Size.ORIGINAL,), credits=1)
DEAR_PLAIN = replace(PLAIN, model="dear-plain", credits=3)
OTHER_KIND = replace(ABLE, model="other-kind", wears=frozenset({Wear.DRESS}), credits=1)
TWIN = replace(ABLE, model="twin")


@pytest.mark.parametrize(
    ("specs", "chosen"),
    [
        ((), None),
        ((OTHER_KIND,), None),
        ((TWIN, ABLE), "twin"),  # the order of preference
        ((DEAR, ABLE), "able"),  # nobody is asked for more without need
        ((PLAIN, ABLE), "able"),  # nothing is left out without need
        ((PLAIN, DEAR), "dear"),  # people decide themselves whether to do without
        ((DEARER, DEAR), "dear"),  # and nobody is asked for more than is needed
        ((DEAR_PLAIN, PLAIN), "plain"),
        ((OTHER_KIND, DEAR_PLAIN), "dear-plain"),
    ],
)
def test_the_best_way_is_chosen(specs: tuple[ModelSpec, ...], chosen: str | None) -> None:
    found = [one.spec.model for one in ways(ORDER, 2, specs)]
    assert (found[0] if found else None) == chosen


def test_the_others_follow_in_their_order() -> None:
    specs = (OTHER_KIND, DEAR_PLAIN, PLAIN, DEAR, ABLE, TWIN)
    assert [one.spec.model for one in ways(ORDER, 2, specs)] == [
        "able",
        "twin",
        "dear",
        "plain",
        "dear-plain",
    ]


def test_a_way_has_its_own_price_and_cost() -> None:
    [found] = ways(ORDER, 2, [PLAIN])
    assert (found.credits, found.cost, found.order.model) == (1, 520, "plain")
    assert way(ORDER, PLAIN, 7).credits == 7


def test_what_falls_away_is_known_by_name() -> None:
    keeps = replace(PLAIN, faces=(Face.KEEP,))
    assert left_out(ORDER, way(ORDER, ABLE).order) == ()
    assert left_out(ORDER, way(ORDER, PLAIN).order) == ("size",)
    assert left_out(ORDER, way(ORDER, keeps).order) == ("face", "size")


def test_a_style_does_not_fall_away() -> None:
    style, other = list(Style)[:2]
    order = Restyle(PHOTO, style, "gone")
    assert ways(order, 2, [replace(ABLE, styles=(other,))]) == []
    [found] = ways(order, 2, [replace(ABLE, styles=(other, style))])
    assert left_out(order, found.order) == ()
