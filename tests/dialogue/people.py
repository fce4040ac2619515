"""Photos, models and worlds that the tests of the dialogue and of the views share."""

from dataclasses import replace

from bot.dialogue import step
from bot.dialogue.effects import Effect, Reply, Retire, Show
from bot.dialogue.events import Event, PhotosSent, Pressed
from bot.dialogue.states import Session, State
from bot.dialogue.world import JobFacts, Offer, World
from bot.orders import Flaw, Order, Photo, Restyle, TryOn
from providers.spec import ModelSpec, PhotoRules
from providers.styles import Style
from providers.wishes import Face, Size, Wear


def photo(name: str, *flaws: Flaw) -> Photo:
    return Photo(
        file_id=f"file-{name}", unique_id=f"unique-{name}", width=960, height=1280, flaws=flaws
    )


ANNA, BEN = photo("anna"), photo("ben")
SHIRT, JEANS, GOWN = photo("shirt"), photo("jeans"), photo("gown")

RICH = ModelSpec(
    model="aitryon-plus",
    account="dashscope",
    wears=frozenset(Wear),
    faces=(Face.KEEP, Face.NEW),
    sizes=(Size.ORIGINAL, Size.W576, Size.W720),
    photos=PhotoRules(min_bytes=5_000, max_bytes=5_000_000, min_side=150, max_side=4096),
    credits=2,
    cost=500,
    submits_per_second=10,
    in_progress=5,
    queries_per_second=10,
    typical_seconds=(15, 30),
)
CHEAP = replace(RICH, model="aitryon", credits=1, cost=200, typical_seconds=(7, 15))
PLAIN = replace(
    RICH,
    model="plain",
    wears=frozenset({Wear.TOP, Wear.OUTFIT, Wear.DRESS}),
    faces=(Face.KEEP,),
    sizes=(Size.ORIGINAL,),
    credits=1,
)

PAINTER = replace(
    RICH,
    model="painter",
    wears=frozenset(),
    faces=(),
    sizes=(),
    photos=PhotoRules(1, 10_000_000, min_side=256, max_side=3240, max_ratio=1.5),
    credits=1,
    cost=120,
    in_progress=1,
    styles=(Style.RETRO_COMIC, Style.ANIME, Style.FRESH, Style.OF_PICTURE),
)

WORLD = World(
    first_name="Anna",
    language="en",
    consented=True,
    daily=5,
    extra=0,
    renews_in=3 * 3600 + 10 * 60,
    offers=(Offer(RICH, 30.0), Offer(CHEAP, 15.0), Offer(PLAIN, 20.0), Offer(PAINTER, 18.0, 15.0)),
    jobs=(),
)

ORDER = TryOn(wear=Wear.TOP, person=ANNA, top=SHIRT, bottom=None, model=RICH.model)


RESTYLE = Restyle(person=ANNA, style=Style.ANIME, model=PAINTER.model)


def job(job_id: int = 7, state: str = "done", order: Order = ORDER) -> JobFacts:
    position = 2 if state == "queued" else None
    done = state == "done"
    picture = photo(f"result-{job_id}") if done else None
    return JobFacts(job_id, order, state, position, has_original=done, picture=picture)


SERIAL = 5  # of the prompt on the screen


def step_from(
    state: State,
    event: Event,
    world: World = WORLD,
    *,
    last_person: Photo | None = None,
    last_album: str | None = None,
) -> tuple[State, tuple[Effect, ...]]:
    """Take one step from a state whose prompt has the number SERIAL."""
    session = Session(state, SERIAL, last_person, last_album, card=SERIAL)
    after, effects = step(session, event, world)
    return after.state, effects


def press(action: str, arg: str = "") -> Pressed:
    return Pressed(SERIAL, action, arg)


def sent(*photos: Photo, album: str | None = None) -> PhotosSent:
    return PhotosSent(photos, album=album)


def below(note: str | None = None) -> tuple[Effect, ...]:
    """Expect a new prompt, the old one without its buttons."""
    return (Retire(SERIAL), Show(note=note))


def here(note: str | None = None, reply: str = "", *, alert: bool = False) -> tuple[Effect, ...]:
    """Expect the next prompt in place of the pressed one."""
    return (Show(in_place=True, note=note), Reply(reply, alert=alert))
