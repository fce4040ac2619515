"""No point at which the process could die is forgotten."""

from bot import courier, dispatcher, engine, intake, watch
from tests.crash.test_kill import (
    BEGINNING,
    DETOURING,
    DRAWING,
    LOOKING,
    SENDING,
    TAKING,
    around,
    committing,
)
from tests.crash.test_kill_stages import HALVING, REFINING

# Ways beside the straight one; `tests/engine` interrupts them at the same points.
BESIDE = {
    *dispatcher.POINTS[2:],
    *around("engine.cancel"),
    *committing(
        "engine.unprepared",
        "engine.stale",
        "engine.cancelled",
        "engine.too_late",
        "engine.not_collected",
        "engine.give_up",
        "watch",
    ),
}


def test_every_point_is_tried() -> None:
    known = {*intake.POINTS, *dispatcher.POINTS, *engine.POINTS, *courier.POINTS, *watch.POINTS}
    tried = {*TAKING, *DRAWING, *SENDING, *LOOKING, *BEGINNING, *DETOURING}
    tried |= {*HALVING, *REFINING}
    assert known - tried == BESIDE
    assert tried - known == set(committing("step"))
