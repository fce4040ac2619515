"""Pure: the vocabulary of the dialogue. What buttons can ask for, and the keys of its lines.

Buttons name a member here, the views encode it, and the transition table answers it. A
line is only a key: its words, in every language, are the views' business.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.dialogue.events import Refusal
from bot.dialogue.states import State
from bot.dialogue.world import World
from bot.orders import Flaw
from providers.styles import Style
from providers.wishes import Gender, Wear

STANDING = 0
"""The serial of buttons that belong to no prompt (the menu) and therefore never grow old."""


class Action(StrEnum):
    """What a button of a prompt asks for. In brackets: what its argument says."""

    AGREE = "agree"
    DECLINE = "decline"
    LAST = "last"  # take the person of the last order
    KEEP = "keep"  # go on with what is already there
    WEAR = "wear"  # [Wear]
    ROLE = "role"  # [Role]
    SWAP = "swap"  # [Swap]
    FACE = "face"  # the next face option
    SIZE = "size"  # the next size
    HALF = "half"  # keep one's own other half, or not
    MODEL = "model"  # the next model
    SAMPLES = "samples"  # the next number of pictures of each outfit
    ANOTHER = "another"  # another outfit for the same person
    ONE_LESS = "one_less"  # without the latest outfit
    GARMENTS = "garments"  # other garments
    PERSON = "person"  # another person
    RESTYLE = "restyle"  # this photo, instead of trying something on
    STYLE = "style"  # [Style] tick it, or take the tick away
    STYLE_OF = "style_of"  # another picture whose style is meant
    ON = "on"  # with the ticked styles
    STYLES = "styles"  # other styles
    PORTRAIT = "portrait"  # another portrait
    GENDER = "gender"  # [Gender] who is on the picture
    GO = "go"  # [the price the card showed]
    BACK = "back"
    CANCEL = "cancel"


class Standing(StrEnum):
    """What a button of the menu asks for."""

    TRYON = "tryon"
    RESTYLE = "restyle"
    QUOTA = "quota"
    LANGUAGE = "language"  # [a language's code, or nothing: which ones are there?]
    HELP = "help"


class JobAction(StrEnum):
    """What a button under a job's progress or result asks for."""

    CANCEL = "cancel"
    AGAIN = "again"
    OTHER_GARMENT = "other_garment"
    OTHER_PERSON = "other_person"
    NEW_FACE = "new_face"
    REFINE = "refine"  # the picture that was drawn
    RESTYLE = "restyle"  # the picture that was drawn
    OTHER_STYLE = "other_style"
    TRY_ON = "try_on"  # with the same person
    ORIGINAL = "original"
    BEFORE_AFTER = "before_after"
    YES = "yes"  # a dearer model may draw it
    NO = "no"  # it may not: the credits are wanted back


class Role(StrEnum):
    """What somebody says a photo is."""

    PERSON = "person"
    TOP = "top"
    BOTTOM = "bottom"
    DRESS = "dress"


class Swap(StrEnum):
    """Which two photos trade places."""

    PERSON = "person"  # with the (first) garment
    GARMENTS = "garments"  # top with bottom


ARGUMENTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        Action.WEAR: frozenset(Wear),
        Action.ROLE: frozenset(Role),
        Action.SWAP: frozenset(Swap),
        Action.STYLE: frozenset(Style),
        Action.GENDER: frozenset(Gender),
    }
)
"""What may be said besides the action, where that is a closed list."""

FREE_ARGUMENTS = frozenset({Action.GO, Standing.LANGUAGE})
"""The actions whose argument is not a closed list."""


def well_formed(action: str, arg: str) -> bool:
    """Tell whether an action can come with this argument."""
    return action in FREE_ARGUMENTS or arg in ARGUMENTS.get(action, {""})


class Line(StrEnum):
    """The lines with a fixed key, by how they are said."""

    # messages of their own
    WELCOME = "welcome"
    HELP = "help"
    QUOTA = "quota"
    LANGUAGE = "language"
    HINT = "hint"  # text where none is expected, and nothing is being put together
    UNKNOWN_COMMAND = "unknown_command"
    NOTHING_TO_CANCEL = "nothing_to_cancel"
    WHICH_TO_CANCEL = "which_to_cancel"

    # above a prompt, or as a message of their own
    LANGUAGE_SET = "language_set"
    ALBUM_LATE = "album_late"

    # above a prompt
    ALBUM_MANY = "album_many"
    CANCELLED = "cancelled"
    CANCELLED_ORDERS_RUN = "cancelled_orders_run"
    DECLINED = "declined"
    NOT_KNOWN = "not_known"  # an unknown command, in the middle of an order
    NO_WORDS = "no_words"  # text where a photo is expected
    USE_BUTTONS = "use_buttons"  # text where a button is expected
    SAME_PHOTO = "same_photo"
    PORTRAIT_SMALL = "portrait_small"
    ONE_PORTRAIT = "one_portrait"  # an album where one photo is expected
    NEW_PORTRAIT = "new_portrait"
    STYLES_CHANGED = "styles_changed"
    STYLE_UNKNOWN = "style_unknown"
    ALBUM_UNSEEN = "album_unseen"  # a group shows the bot only the item that calls it
    OPTIONS_CHANGED = "options_changed"

    # above a prompt, and as the answer to a press
    NO_MODEL = "no_model"
    NO_BUDGET = "no_budget"
    CLOSED = "closed"  # by an operator
    NO_CREDITS = "no_credits"
    TRY_ON_OFF = "try_on_off"  # in this group
    RESTYLE_OFF = "restyle_off"
    CHEAPER_FITS = "cheaper_fits"
    MODEL_CHANGED = "model_changed"
    PRICE_CHANGED = "price_changed"

    # the answer to a press
    ORDERED = "ordered"
    TOO_MANY_ORDERS = "too_many_orders"
    TOO_MANY_STYLES = "too_many_styles"
    FEWER_FIT = "fewer_fit"  # styles than were ticked
    FEWER_PICTURES = "fewer_pictures"  # can be paid than were asked for
    GOING_ON = "going_on"
    BAD_BUTTON = "bad_button"
    NOT_YOURS = "not_yours"
    CANCEL_DONE = "cancel_done"
    CANCEL_ASKED = "cancel_asked"
    CANCEL_TOO_LATE = "cancel_too_late"
    ORIGINAL_COMES = "original_comes"
    ORIGINAL_GONE = "original_gone"
    BEFORE_AFTER_COMES = "before_after_comes"
    NOT_READY = "not_ready"
    NO_REFINE = "no_refine"
    REFINE_GONE = "refine_gone"
    NO_NEW_FACE = "no_new_face"
    NO_STYLE_YET = "no_style_yet"
    STYLES_FULL = "styles_full"
    OFFER_TAKEN = "offer_taken"
    OFFER_DECLINED = "offer_declined"
    OFFER_OVER = "offer_over"
    OFFER_TOO_DEAR = "offer_too_dear"


def shut(world: World) -> Line:
    """Return the line that says why nothing can be drawn now."""
    if world.closed:
        return Line.CLOSED
    return Line.NO_BUDGET if world.short or not world.budget_left else Line.NO_MODEL


def refused(refusal: Refusal) -> str:
    """Return the key of the line that says why something sent cannot be used."""
    return f"refused.{refusal}"


def flawed(flaw: Flaw) -> str:
    """Return the key of the line that warns of a photo's flaw."""
    return f"flaw.{flaw}"


def stale(state: State) -> str:
    """Return the key of the answer to a button whose step is over: where we are now."""
    return f"stale.{type(state).__name__}"
