"""What a model offers, costs and allows: everything a caller needs to offer, price and queue it.

Each service declares its models' specs in its own file. Standard library only: the pure
parts of the bot build on these types.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from providers.styles import Style
from providers.wishes import Face, OtherHalf, Size, Wear


@dataclass(frozen=True, slots=True)
class PhotoRules:
    """What a model accepts as an input photo. Bytes and px, both ends allowed.

    `max_ratio` is the longer side by the shorter; a photo beyond it is cropped to the
    person's upper part. None: photos stay whole.
    """

    min_bytes: int
    max_bytes: int
    min_side: int
    max_side: int
    max_ratio: float | None = None


@dataclass(frozen=True, slots=True)
class HelperSpec:
    """What a model costs and allows that does one stage of another model's orders.

    It belongs to the same account. `cost` is in thousandths of a CNY per call.
    """

    model: str
    photos: PhotoRules
    cost: int
    calls_per_second: float


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """Everything a caller needs to know to offer, price and queue a model.

    A model takes try-ons of its `wears` and restyles in its `styles`; either may be empty.
    `credits` is our price, `cost` the service's in thousandths of a CNY, to which come
    `cost_per_input` for each photo that is sent. `submits_per_second` and `in_progress` hold
    for the whole account, `queries_per_second` is the share of the account's query rate that
    we allow ourselves. `typical_seconds` is the range in which a task usually ends, the prior
    until real runtimes are known. A model that `needs_http_host` fetches photos from web
    addresses only: no other service's own storage will do.

    `samples` is how many pictures of one outfit, and `outfits` how many outfits of one person
    a single submit may ask for; those whose wears have the same value in `together` go into
    one submit.

    `halves` is what may become of the half for which no garment is sent, the model's own way
    first; `keeps_with` is the helper that keeping it takes, None where the model itself does.
    `refines_with` is the model that draws its pictures once more in finer detail: one that
    `refines`.
    """

    model: str
    account: str
    wears: frozenset[Wear]
    faces: tuple[Face, ...]
    sizes: tuple[Size, ...]
    photos: PhotoRules
    credits: int
    cost: int
    submits_per_second: float
    in_progress: int
    queries_per_second: float
    typical_seconds: tuple[float, float]
    cost_per_input: int = 0
    styles: tuple[Style, ...] = ()
    halves: tuple[OtherHalf, ...] = (OtherHalf.NEW,)
    keeps_with: HelperSpec | None = None
    refines_with: str | None = None
    refines: bool = False
    needs_http_host: bool = False
    samples: int = 1
    outfits: int = 1
    together: Mapping[Wear, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def cost_of(self, inputs: int) -> int:
        """Return what a picture made from so many photos costs, in thousandths of a CNY."""
        return self.cost + inputs * self.cost_per_input
