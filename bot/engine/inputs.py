"""The photos of a job as its service finds them: what `jobs.inputs` holds."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from bot.orders import Order, Refine, Restyle, Slot, TryOn
from providers.base import Published
from providers.wishes import RefineRequest, Request, RestyleRequest, TryOnRequest


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where each photo was published, and when (Unix seconds).

    `for_helper` is the person's photo once more, for the model of the stage before; `kept` is
    what that one cut out, under URLs of its own. `outfits` are the garments of
    others that are submitted with this job, by outfit.
    """

    at: float
    photos: Mapping[Slot, Published]
    for_helper: Published | None = None
    kept: Mapping[Slot, str] = field(default_factory=dict)
    outfits: Mapping[int, Mapping[Slot, Published]] = field(default_factory=dict)

    @property
    def published(self) -> tuple[Published, ...]:
        """Everything that has to be withdrawn."""
        garments = (one for outfit in self.outfits.values() for one in outfit.values())
        more = () if self.for_helper is None else (self.for_helper,)
        every = (*self.photos.values(), *garments, *more)
        return tuple({one.ref: one for one in every}.values())

    def of_outfit(self, outfit: int | None) -> "Inputs":
        """Return the photos with another outfit, if they are those of several."""
        garments = self.outfits.get(-1 if outfit is None else outfit)
        if garments is None:
            return self
        return replace(self, photos={Slot.PERSON: self.photos[Slot.PERSON], **garments})

    def worn(self) -> "Inputs":
        """Return the same photos as too old to be used: they are to be published again."""
        return replace(self, at=0.0)

    def dump(self) -> str:
        """Return this as JSON text."""
        document = {
            "at": self.at,
            "photos": _stored(self.photos),
            "for_helper": None if self.for_helper is None else asdict(self.for_helper),
            "kept": dict(self.kept),
            "outfits": {outfit: _stored(garments) for outfit, garments in self.outfits.items()},
        }
        return json.dumps(document)

    @classmethod
    def load(cls, text: str) -> "Inputs":
        """Return what `dump` made."""
        stored = json.loads(text)
        helper, outfits = stored.get("for_helper"), stored.get("outfits", {})
        return cls(
            stored["at"],
            _photos(stored["photos"]),
            None if helper is None else Published(**helper),
            {Slot(slot): url for slot, url in stored.get("kept", {}).items()},
            {int(outfit): _photos(garments) for outfit, garments in outfits.items()},
        )

    def request(self, order: Order) -> Request:
        """Return the order as the service reads it."""
        urls = {slot: published.url for slot, published in self.photos.items()} | dict(self.kept)
        person, size = urls[Slot.PERSON], (order.person.width, order.person.height)
        match order:
            case TryOn():
                return TryOnRequest(
                    person_url=person,
                    top_url=urls.get(Slot.TOP),
                    bottom_url=urls.get(Slot.BOTTOM),
                    wear=order.wear,
                    face=order.face,
                    size=order.size,
                    person_size=size,
                )
            case Refine():
                return RefineRequest(
                    person_url=person,
                    top_url=urls[Slot.TOP],
                    bottom_url=urls.get(Slot.BOTTOM),
                    coarse_url=urls[Slot.COARSE],
                    gender=order.gender,
                    person_size=size,
                )
            case Restyle():
                return RestyleRequest(person, order.style, urls.get(Slot.STYLE), size)


def _photos(stored: Mapping[str, Mapping[str, str]]) -> dict[Slot, Published]:
    return {Slot(slot): Published(**found) for slot, found in stored.items()}


def _stored(photos: Mapping[Slot, Published]) -> dict[str, dict[str, str]]:
    return {slot: asdict(published) for slot, published in photos.items()}
