"""Pure: the facts a step of the dialogue may use."""

from dataclasses import dataclass
from enum import StrEnum

from bot.dialogue.places import PRIVATE, Place, Private
from bot.orders import Order, Photo
from providers.spec import ModelSpec
from providers.styles import Style
from providers.wishes import Gender


@dataclass(frozen=True, slots=True)
class Question:
    """What a job's person is asked: whether a dearer model may draw it, for so many credits."""

    number: int  # a job's questions are counted: a button of an earlier one is over
    credits: int
    affordable: bool  # with what the order has already reserved
    within_budget: bool  # the operator's daily money cap allows it


@dataclass(frozen=True, slots=True)
class JobFacts:
    """One of the person's jobs, as far as the dialogue cares."""

    job_id: int
    order: Order
    state: str  # a state of the job's life
    position: int | None  # place in the queue, 1 = next; None once it is being drawn
    has_original: bool  # the uncompressed picture is still kept
    begun: bool = False  # the service has begun to draw: it can no longer be asked to stop
    picture: Photo | None = None  # the finished picture as Telegram knows it
    stored: str | None = None  # the picture as the service drew it, while its bytes are kept
    refines_with: str | None = None  # the model that can refine the picture
    kept_half: bool = False  # the other half was cut out of the person's photo
    question: Question | None = None  # what its person is asked, and has not answered
    pictures: int = 1  # still to come in the same order, this one included
    here: bool = True  # it was ordered in this chat


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that can be ordered now.

    `wait` is the expected time to the picture in seconds, `each` what every further picture of
    the same person adds to it.
    """

    spec: ModelSpec
    wait: float
    each: float = 0.0


class Feature(StrEnum):
    """What can be ordered, as groups turn it on and off."""

    TRY_ON = "try_on"
    RESTYLE = "restyle"


class Purse(StrEnum):
    """What decides how much can be ordered: the smallest of what there is."""

    OWN = "own"  # the person's credits
    POOL = "pool"  # those of the group
    LIMIT = "limit"  # what a member may use in the group per day


@dataclass(frozen=True, slots=True)
class World:
    """What was true in the transaction in which the step is taken."""

    first_name: str
    language: str  # after SetLanguage, whatever follows is said in the new one
    consented: bool
    daily: int  # credits left of today's allowance, the group's where `pool` says so
    extra: int  # credits that do not expire, likewise
    renews_in: float  # seconds until the allowance renews
    offers: tuple[Offer, ...]  # in the order of preference; empty: nothing can be drawn now
    jobs: tuple[JobFacts, ...]  # not yet closed, oldest first
    job: JobFacts | None = None  # the one a JobPressed is about
    max_open_jobs: int = 5  # per person
    budget_left: bool = True  # the operator's daily money cap is not reached
    short: bool = False  # that cap leaves no room for some of the models
    closed: bool = False  # an operator holds everything back
    budget: int | None = None  # what is left below that cap, thousandths of a CNY; None: enough
    gender: Gender | None = None  # who is on the person's pictures, as they said last
    place: Place = PRIVATE
    wished: tuple[Style, ...] = ()  # the styles named behind /restyle, of those offered
    pool: bool = False  # the group pays, not the person
    limit: int | None = None  # credits a member may use in this group per day; None: any number
    used_here: int = 0  # credits this member has used in this group today
    features: frozenset[Feature] = frozenset(Feature)  # what may be ordered here

    @property
    def have(self) -> int:
        """What an order may cost now, in credits."""
        there = self.daily + self.extra
        return there if self.limit is None else max(0, min(there, self.limit - self.used_here))

    @property
    def purse(self) -> Purse:
        """What decides about that."""
        if self.have < self.daily + self.extra:
            return Purse.LIMIT
        return Purse.POOL if self.pool else Purse.OWN

    @property
    def jobs_here(self) -> tuple[JobFacts, ...]:
        """The open jobs that may be spoken of: in a group, those of this group alone."""
        if isinstance(self.place, Private):
            return self.jobs
        return tuple(job for job in self.jobs if job.here)
