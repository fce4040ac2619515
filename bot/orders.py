"""Pure: what can be ordered, and what each model makes of it.

An order is complete and self-contained: it names Telegram files, never bytes or URLs,
so it can be stored, repeated and moved to another model. Everything shown on a confirm
card (options, price) is computed here from the models' own `ModelSpec`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias, TypeVar

from providers.spec import HelperSpec, ModelSpec
from providers.styles import Style
from providers.wishes import OTHER_HALF, Face, Gender, OtherHalf, Size, Wear

_Option = TypeVar("_Option")


class Slot(StrEnum):
    """The place of a photo in an order."""

    PERSON = "person"
    TOP = "top"  # also where a dress goes
    BOTTOM = "bottom"
    COARSE = "coarse"  # the picture that is refined
    STYLE = "style"  # a picture whose style is meant


class Flaw(StrEnum):
    """Something about a photo that will probably spoil the picture, but need not."""

    DARK = "dark"
    BLURRED = "blurred"
    SMALL = "small"  # allowed, but few details


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture somebody sent, as Telegram knows it. Sizes in px, upright."""

    file_id: str
    unique_id: str
    width: int
    height: int
    flaws: tuple[Flaw, ...] = ()


SLOTS: dict[Wear, tuple[Slot, ...]] = {
    Wear.TOP: (Slot.TOP,),
    Wear.BOTTOM: (Slot.BOTTOM,),
    Wear.OUTFIT: (Slot.TOP, Slot.BOTTOM),
    Wear.DRESS: (Slot.TOP,),
}


@dataclass(frozen=True, slots=True)
class TryOn:
    """A complete order: this person, wearing this, drawn by this model."""

    wear: Wear
    person: Photo
    top: Photo | None
    bottom: Photo | None
    model: str
    face: Face = Face.KEEP
    size: Size = Size.ORIGINAL
    half: OtherHalf = OtherHalf.NEW

    @property
    def garments(self) -> tuple[Photo, ...]:
        """The garment photos this order uses, top first."""
        return tuple(photo for photo in (self.top, self.bottom) if photo is not None)


@dataclass(frozen=True, slots=True)
class Restyle:
    """A complete order: this person's portrait, in this style, painted by this model.

    `style_of` is the picture whose style is meant, for `Style.OF_PICTURE`.
    """

    person: Photo
    style: Style
    model: str
    style_of: Photo | None = None


@dataclass(frozen=True, slots=True)
class Refine:
    """A complete order: the picture of a try-on drawn once more in finer detail.

    `picture_id` is that picture as the service drew it, kept for a day, `shown` the same as
    Telegram knows it. `keeps`: what the person kept on was cut out and has to be again.
    """

    of: TryOn
    picture_id: str
    shown: Photo
    gender: Gender
    model: str
    keeps: bool = False

    @property
    def person(self) -> Photo:
        """The person's photo."""
        return self.of.person


Order: TypeAlias = TryOn | Restyle | Refine


def photos_of(order: Order) -> dict[Slot, Photo]:
    """Return the photos an order sends to its service, the person's first."""
    match order:
        case TryOn(wear=wear):
            photos = {Slot.PERSON: order.person, Slot.TOP: order.top, Slot.BOTTOM: order.bottom}
            needed = (Slot.PERSON, *SLOTS[wear])
        case Restyle():
            photos = {Slot.PERSON: order.person, Slot.STYLE: order.style_of}
            needed = (Slot.PERSON, Slot.STYLE)
        case Refine(of=first):
            return photos_of(first)
    return {slot: photo for slot in needed if (photo := photos[slot]) is not None}


def draws(spec: ModelSpec, order: Order) -> bool:
    """Tell whether a model can draw exactly this order, leaving nothing out."""
    match order:
        case TryOn(wear=wear, face=face, size=size, half=half):
            return suits(spec, wear, face, size, half)
        case Restyle(style=style):
            return style in spec.styles
        case Refine():
            return spec.refines


def suits(
    spec: ModelSpec, wear: Wear, face: Face, size: Size, half: OtherHalf = OtherHalf.NEW
) -> bool:
    """Tell whether a model can do exactly this, leaving nothing out."""
    options = face in spec.faces and size in spec.sizes and half in halves_of(spec, wear)
    return wear in spec.wears and options


def halves_of(spec: ModelSpec, wear: Wear | None) -> tuple[OtherHalf, ...]:
    """Return what may become of the other half, a model's own way first.

    Not to care is always possible; where nothing is left over there is nothing to keep.
    """
    if wear not in OTHER_HALF:
        return (OtherHalf.NEW,)
    return tuple(dict.fromkeys((OtherHalf.NEW, *spec.halves)))


def staged(order: Order, spec: ModelSpec) -> HelperSpec | None:
    """Return the helper that does the stage before an order, None if it has none."""
    match order:
        case TryOn(half=OtherHalf.KEEP) | Refine(keeps=True) if kept_half(order) is not None:
            return spec.keeps_with
        case _:
            return None


def kept_half(order: Order) -> Wear | None:
    """Return the garment that somebody keeps on if they keep their other half."""
    match order:
        case TryOn(wear=wear) | Refine(of=TryOn(wear=wear)):
            return OTHER_HALF.get(wear)
        case Restyle():
            return None


def refinable(order: Order, spec: ModelSpec) -> bool:
    """Tell whether the picture of an order that `spec` drew can be refined.

    Only one of the photo's size, with the face of the photo and a garment that goes on top
    (provider docs 000: resolution -1 and restore_face true).
    """
    match order:
        case TryOn(wear=wear, face=Face.KEEP, size=Size.ORIGINAL):
            return spec.refines_with is not None and wear is not Wear.BOTTOM
        case _:
            return False


def able(specs: Iterable[ModelSpec], wear: Wear) -> tuple[ModelSpec, ...]:
    """Return the models that can put this on a person, in the order of preference given."""
    return tuple(spec for spec in specs if wear in spec.wears)


def fitted(order: TryOn, spec: ModelSpec) -> TryOn:
    """Return the order as `spec` can do it: options it lacks fall back to its first."""
    return replace(
        order,
        model=spec.model,
        face=order.face if order.face in spec.faces else spec.faces[0],
        size=order.size if order.size in spec.sizes else spec.sizes[0],
        half=order.half if order.half in halves_of(spec, order.wear) else OtherHalf.NEW,
    )


def moved(order: Order, spec: ModelSpec) -> Order:
    """Return the order for another model, which can draw it."""
    match order:
        case TryOn():
            return fitted(order, spec)
        case Restyle() | Refine():
            return replace(order, model=spec.model)


def choose(
    specs: Iterable[ModelSpec],
    wear: Wear,
    face: Face,
    size: Size,
    wanted: str | None,
    half: OtherHalf = OtherHalf.NEW,
) -> ModelSpec | None:
    """Return the model an order goes to, or None if none can put this on a person.

    The wanted model wins, even if an option has to give way; without a wish it is the
    first that leaves nothing out, else the first that can do it at all.
    """
    candidates = able(specs, wear)
    for spec in candidates:
        if spec.model == wanted:
            return spec
    return next((spec for spec in candidates if suits(spec, wear, face, size, half)), None) or next(
        iter(candidates), None
    )


def cost(order: Order, spec: ModelSpec) -> int:
    """Return what an order costs us with a model, in thousandths of a CNY."""
    helper, photos = staged(order, spec), len(photos_of(order))
    return spec.cost_of(photos) if helper is None else spec.cost_of(photos + 1) + helper.cost


def cost_at_most(spec: ModelSpec) -> int:
    """Return what the dearest order costs us with a model, in thousandths of a CNY."""
    garments = [len(SLOTS[wear]) for wear in spec.wears]
    examples = [int(style is Style.OF_PICTURE) for style in spec.styles]
    most = spec.cost_of(1 + max((*garments, *examples), default=0))  # 1: the person's
    helper = spec.keeps_with
    return most if helper is None else max(most, spec.cost_of(3) + helper.cost)  # and two garments


def cycled(options: Sequence[_Option], current: _Option) -> _Option:
    """Return the option after `current`, round and round; the first if it is not among them."""
    if current not in options:
        return options[0]
    return options[(options.index(current) + 1) % len(options)]
