"""Pure: the dialogue itself, as data. In which state what event is answered by which handler.

An event is first given a name, its trigger (`/tryon`, `photo`, `[back]`, …). `ANYWHERE`
says what a trigger does in general, `OWN` what it does differently in one state, and
`TRANSITIONS` is the two laid over each other: every state has an arc for every trigger.
An arc names the states it may lead to besides staying; the diagram is drawn from that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias, get_args

from bot.dialogue import anytime, card, detour, received, refining, restyling, steps
from bot.dialogue.drafts import distinct
from bot.dialogue.events import (
    Command,
    Event,
    JobPressed,
    OthersButton,
    PhotosSent,
    Pressed,
    Said,
    Unusable,
)
from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitGender,
    AwaitPerson,
    AwaitPortrait,
    AwaitRole,
    AwaitStylePicture,
    AwaitStyles,
    AwaitWear,
    Confirm,
    ConfirmLook,
    ConfirmRefine,
    Idle,
    Session,
    State,
)
from bot.dialogue.turns import Scene, Turn
from bot.dialogue.words import STANDING, Action, JobAction, Standing, well_formed
from bot.dialogue.world import World

# --- triggers ------------------------------------------------------------------------

COMMANDS = ("start", "tryon", "restyle", "quota", "cancel", "help", "language")

UNKNOWN_COMMAND = "/…"
TRYON_HANDED = "/tryon with photos"
RESTYLE_HANDED = "/restyle with photos"
PHOTO = "photo"
ALBUM = "album"
LATE = "late album item"
UNAGREED = "photo before consent"
NO_PHOTO = "unusable photo"
TEXT = "text"
OTHER = "sticker, voice, …"
OLD_BUTTON = "old button"
BAD_BUTTON = "bad button"
OTHERS_BUTTON = "somebody else's button"

TRIGGERS: tuple[str, ...] = (
    *(f"/{name}" for name in COMMANDS),
    *(UNKNOWN_COMMAND, TRYON_HANDED, RESTYLE_HANDED),
    *(PHOTO, ALBUM, LATE, UNAGREED, NO_PHOTO),
    *(TEXT, OTHER),
    *(f"[{action}]" for action in Action),
    *(f"menu [{action}]" for action in Standing),
    *(f"job [{action}]" for action in JobAction),
    *(OLD_BUTTON, BAD_BUTTON, OTHERS_BUTTON),
)


def trigger(session: Session, event: Event, world: World) -> str:
    """Return the name of what happened, as the table lists it."""
    match event:
        case Command("tryon" | "restyle", hands_over=True):
            return TRYON_HANDED if event.name == "tryon" else RESTYLE_HANDED
        case Command(name):
            return f"/{name}" if name in COMMANDS else UNKNOWN_COMMAND
        case PhotosSent():
            return _photos(session, event, world)
        case Pressed():
            return _pressed(session, event)
        case JobPressed(action=action) if action in set(JobAction):
            return f"job [{action}]"
        case _:
            plain = {Said: TEXT, Unusable: OTHER, OthersButton: OTHERS_BUTTON}
            return plain.get(type(event), BAD_BUTTON)


def _photos(session: Session, event: PhotosSent, world: World) -> str:
    if not event.photos:
        return NO_PHOTO
    if event.album is not None and event.album == session.last_album:
        return LATE
    if not world.consented:
        return UNAGREED
    return PHOTO if len(distinct(event.photos)) == 1 else ALBUM


def _pressed(session: Session, event: Pressed) -> str:
    if not well_formed(event.action, event.arg):
        return BAD_BUTTON
    if event.serial == STANDING:
        return f"menu [{event.action}]" if event.action in set(Standing) else BAD_BUTTON
    if event.action not in set(Action):
        return BAD_BUTTON
    current = event.serial == session.serial and not isinstance(session.state, Idle)
    return f"[{event.action}]" if current else OLD_BUTTON


# --- arcs ----------------------------------------------------------------------------

Handler: TypeAlias = Callable[[Scene[Any, Any]], Turn]


@dataclass(frozen=True, slots=True)
class Arc:
    """Who answers, and where that may lead besides staying."""

    handler: Handler
    to: frozenset[type[State]] = frozenset()


def _arc(handler: Handler, *to: type[State]) -> Arc:
    return Arc(handler, frozenset(to))


STATES: tuple[type[State], ...] = get_args(State)

# Where a restyle goes once it has its portrait, and where it goes in any case.
_CHOSEN: tuple[type[State], ...] = (AwaitStyles, ConfirmLook)
_RESTYLE: tuple[type[State], ...] = (AwaitPortrait, *_CHOSEN)

# Where the refinement of a picture goes.
_REFINE: tuple[type[State], ...] = (AwaitGender, ConfirmRefine)

ANYWHERE: Mapping[str, Arc] = MappingProxyType(
    {
        "/start": _arc(anytime.welcome, Idle),
        "/tryon": _arc(anytime.begin, AwaitConsent, AwaitPerson),
        "/restyle": _arc(restyling.begin, AwaitConsent, AwaitPortrait),
        "/quota": _arc(anytime.quota),
        "/cancel": _arc(steps.cancel, Idle),
        "/help": _arc(anytime.help_),
        "/language": _arc(anytime.languages),
        UNKNOWN_COMMAND: _arc(anytime.unknown_command),
        TRYON_HANDED: _arc(anytime.handed),
        RESTYLE_HANDED: _arc(restyling.begin, AwaitConsent, AwaitPortrait),
        PHOTO: _arc(received.as_anything, AwaitRole),
        ALBUM: _arc(received.as_set, AwaitWear, Confirm),
        LATE: _arc(received.late),
        UNAGREED: _arc(received.before_consent, AwaitConsent),
        NO_PHOTO: _arc(received.nothing_usable),
        TEXT: _arc(anytime.use_buttons),
        OTHER: _arc(anytime.unusable),
        **{f"[{action}]": _arc(anytime.old_button) for action in Action},
        "[cancel]": _arc(steps.cancel, Idle),
        "menu [tryon]": _arc(anytime.go_on),
        "menu [restyle]": _arc(anytime.go_on),
        "menu [quota]": _arc(anytime.quota),
        "menu [language]": _arc(anytime.language),
        "menu [help]": _arc(anytime.help_),
        "job [cancel]": _arc(anytime.cancel_job),
        "job [again]": _arc(
            anytime.repeat, AwaitConsent, Confirm, AwaitStyles, ConfirmLook, ConfirmRefine
        ),
        "job [other_garment]": _arc(anytime.other_garment, AwaitConsent, AwaitGarment),
        "job [other_person]": _arc(anytime.other_person, AwaitConsent, AwaitPerson, AwaitPortrait),
        "job [refine]": _arc(refining.refine, AwaitConsent, AwaitGender, ConfirmRefine),
        "job [restyle]": _arc(anytime.restyle_result, AwaitConsent, AwaitStyles),
        "job [other_style]": _arc(anytime.other_style, AwaitConsent, AwaitStyles),
        "job [try_on]": _arc(anytime.try_on, AwaitConsent, AwaitWear),
        "job [new_face]": _arc(anytime.new_face, AwaitConsent, Confirm),
        "job [original]": _arc(anytime.original),
        "job [before_after]": _arc(anytime.before_after),
        "job [yes]": _arc(detour.yes),
        "job [no]": _arc(detour.no),
        OLD_BUTTON: _arc(anytime.old_button),
        BAD_BUTTON: _arc(anytime.bad_button),
        OTHERS_BUTTON: _arc(anytime.others_button),
    }
)

OWN: Mapping[type[State], Mapping[str, Arc]] = MappingProxyType(
    {
        Idle: {
            "/cancel": _arc(anytime.cancel_orders),
            "menu [tryon]": _arc(anytime.begin, AwaitConsent, AwaitPerson),
            "menu [restyle]": _arc(restyling.begin, AwaitConsent, AwaitPortrait),
            TEXT: _arc(anytime.hint),
            "[cancel]": _arc(anytime.old_button),
        },
        AwaitConsent: {
            "/tryon": _arc(received.begun_before_consent(anytime.begin), AwaitPerson),
            "/restyle": _arc(received.begun_before_consent(restyling.begin), AwaitPortrait),
            TRYON_HANDED: _arc(anytime.handed, Idle),
            "[agree]": _arc(
                steps.agree, AwaitPerson, AwaitRole, AwaitWear, Confirm, *_RESTYLE, *_REFINE
            ),
            "[decline]": _arc(steps.decline, Idle),
            PHOTO: _arc(received.after_consent, AwaitRole, AwaitWear, Confirm, *_RESTYLE),
            ALBUM: _arc(received.after_consent, AwaitWear, Confirm, *_RESTYLE),
            LATE: _arc(received.before_consent),
        },
        AwaitPerson: {
            "[last]": _arc(steps.last_person, AwaitWear, AwaitGarment, Confirm),
            "[keep]": _arc(steps.keep_person, AwaitWear, AwaitGarment, Confirm),
            "[back]": _arc(steps.back_from_person, Idle, AwaitRole, Confirm),
            PHOTO: _arc(received.as_person, AwaitWear, AwaitGarment, Confirm),
            LATE: _arc(received.late_to_person, AwaitWear, AwaitGarment, Confirm),
            TEXT: _arc(anytime.no_words),
        },
        AwaitWear: {
            "[wear]": _arc(steps.wear, AwaitGarment, Confirm),
            "[keep]": _arc(steps.keep_wear, Confirm),
            "[swap]": _arc(steps.swap_unnamed),
            "[back]": _arc(steps.back_from_wear, AwaitPerson, Confirm),
            PHOTO: _arc(received.before_wear, AwaitRole),
            ALBUM: _arc(received.as_outfit, Confirm),
            LATE: _arc(received.late_to_wear, Confirm),
        },
        AwaitGarment: {
            "[keep]": _arc(steps.keep_garment, Confirm),
            "[back]": _arc(steps.back_from_garment, AwaitWear),
            PHOTO: _arc(received.as_garment, Confirm),
            ALBUM: _arc(received.as_outfit, Confirm),
            LATE: _arc(received.late_to_garment, Confirm),
            TEXT: _arc(anytime.no_words),
        },
        AwaitRole: {
            "[restyle]": _arc(restyling.this_photo, AwaitStyles),
            "[role]": _arc(steps.role, AwaitPerson, AwaitWear, AwaitGarment, Confirm),
            "[back]": _arc(
                steps.back_from_role, Idle, AwaitPerson, AwaitWear, AwaitGarment, Confirm
            ),
            PHOTO: _arc(received.second_unknown, AwaitWear),
            LATE: _arc(received.late_to_role, AwaitWear, Confirm),
        },
        Confirm: {
            "[face]": _arc(card.face),
            "[size]": _arc(card.size),
            "[half]": _arc(card.half),
            "[model]": _arc(card.model),
            "[samples]": _arc(card.samples),
            "[another]": _arc(card.another, AwaitWear),
            "[one_less]": _arc(card.one_less),
            "[swap]": _arc(card.swap),
            "[garments]": _arc(card.garments, AwaitWear),
            "[person]": _arc(card.person, AwaitPerson),
            "[back]": _arc(card.back, AwaitGarment),
            "[go]": _arc(card.go, Idle, AwaitConsent),
        },
        AwaitPortrait: {
            TRYON_HANDED: _arc(anytime.handed, Idle),
            RESTYLE_HANDED: _arc(restyling.handed, AwaitConsent),
            "[last]": _arc(restyling.last_portrait, *_CHOSEN),
            "[keep]": _arc(restyling.keep_portrait, *_CHOSEN),
            "[back]": _arc(restyling.back_from_portrait, Idle, *_CHOSEN),
            PHOTO: _arc(restyling.as_portrait, *_CHOSEN),
            ALBUM: _arc(restyling.as_portrait, *_CHOSEN),
            TEXT: _arc(anytime.no_words),
        },
        AwaitStyles: {
            TRYON_HANDED: _arc(anytime.handed, Idle),
            "[style]": _arc(restyling.style, AwaitStylePicture),
            "[style_of]": _arc(restyling.style_picture, AwaitStylePicture),
            "[on]": _arc(restyling.on, ConfirmLook),
            "[back]": _arc(restyling.back_from_styles, AwaitPortrait),
            PHOTO: _arc(restyling.as_new_portrait),
            ALBUM: _arc(restyling.as_new_portrait),
        },
        AwaitStylePicture: {
            TRYON_HANDED: _arc(anytime.handed, Idle),
            RESTYLE_HANDED: _arc(restyling.handed, AwaitConsent, AwaitPortrait),
            "[keep]": _arc(restyling.keep_style_picture, AwaitStyles, ConfirmLook),
            "[back]": _arc(restyling.back_from_style_picture, AwaitStyles),
            PHOTO: _arc(restyling.as_style_picture, AwaitStyles, ConfirmLook),
            ALBUM: _arc(restyling.as_style_picture, AwaitStyles, ConfirmLook),
            TEXT: _arc(anytime.no_words),
        },
        ConfirmLook: {
            TRYON_HANDED: _arc(anytime.handed, Idle),
            "[styles]": _arc(restyling.styles, AwaitStyles),
            "[style_of]": _arc(restyling.style_picture, AwaitStylePicture),
            "[portrait]": _arc(restyling.portrait, AwaitPortrait),
            "[model]": _arc(restyling.model),
            "[back]": _arc(restyling.styles, AwaitStyles),
            "[go]": _arc(restyling.go, Idle, AwaitConsent, AwaitStyles),
            PHOTO: _arc(restyling.as_new_portrait),
            ALBUM: _arc(restyling.as_new_portrait),
        },
        AwaitGender: {
            "[gender]": _arc(refining.gender, ConfirmRefine),
            "[back]": _arc(refining.back, Idle),
        },
        ConfirmRefine: {
            "[gender]": _arc(refining.gender),
            "[back]": _arc(refining.back, Idle),
            "[go]": _arc(refining.go, Idle, AwaitConsent),
        },
    }
)

TRANSITIONS: Mapping[type[State], Mapping[str, Arc]] = MappingProxyType(
    {
        state: MappingProxyType({name: OWN[state].get(name, ANYWHERE[name]) for name in TRIGGERS})
        for state in STATES
    }
)
"""Every state has an arc for every trigger: a hole fails when this module is imported."""
