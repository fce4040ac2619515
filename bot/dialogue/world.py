"""Pure: the facts a step of the dialogue may use."""

from dataclasses import dataclass

from bot.dialogue.places import PRIVATE, Place, Private
from bot.orders import Order, Photo
from providers.spec import ModelSpec
from providers.styles import Style


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
    question: Question | None = None  # what its person is asked, and has not answered
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


@dataclass(frozen=True, slots=True)
class World:
    """What was true in the transaction in which the step is taken."""

    first_name: str
    language: str  # after SetLanguage, whatever follows is said in the new one
    consented: bool
    daily: int  # credits left of today's allowance
    extra: int  # credits that do not expire
    renews_in: float  # seconds until the allowance renews
    offers: tuple[Offer, ...]  # in the order of preference; empty: nothing can be drawn now
    jobs: tuple[JobFacts, ...]  # not yet closed, oldest first
    job: JobFacts | None = None  # the one a JobPressed is about
    max_open_jobs: int = 5  # per person
    budget_left: bool = True  # the operator's daily money cap is not reached
    budget: int | None = None  # what is left below that cap, thousandths of a CNY; None: enough
    place: Place = PRIVATE
    wished: tuple[Style, ...] = ()  # the styles named behind /restyle, of those offered

    @property
    def jobs_here(self) -> tuple[JobFacts, ...]:
        """The open jobs that may be spoken of: in a group, those of this group alone."""
        if isinstance(self.place, Private):
            return self.jobs
        return tuple(job for job in self.jobs if job.here)
