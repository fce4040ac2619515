"""What the general picture editors are told for a restyle: one instruction per style.

As in `providers.prompts`, the person is the last image and the text says what each image
shows. A style is told by its name and by what makes it: medium, line, palette, light, dress
and background. Everything that makes the person who they are is pinned. The texts stay
within what the strictest of the models reads to its end (`prompts.LONGEST`).
"""

from collections.abc import Mapping
from types import MappingProxyType

from providers.styles import Style

_SAME_PERSON = (
    "It is the same person, known again at first sight: keep face shape, features, expression,"
    " gaze, age, gender, skin tone, hair style, beard and glasses."
)
_PINNED = (
    "Keep pose, hands and camera angle of image {person}. Change dress and background only as"
    " far as the style asks. One picture of one person, whole to the edges: no text, no frame,"
    " no collage."
)
# Styles that are an object with an edge of their own.
_OBJECT = (
    "Keep pose and camera angle of image {person}. One object with one person on it, on a plain"
    " ground: no text, no collage."
)
_OBJECTS = frozenset({Style.FRIDGE_MAGNET_WORLD, Style.BADGE_WORLD})

# Each begins with the name that the style goes by.
LOOKS: Mapping[Style, str] = MappingProxyType(
    {
        Style.RETRO_COMIC: '"retro comic": a printed comic of the 1960s, bold ink outlines,'
        " halftone dots, flat saturated colours on slightly yellowed paper",
        Style.FAIRY_TALE_3D: '"3D fairy tale": a rendered animation film, smooth rounded shapes,'
        " large bright eyes, soft warm light, an enchanted background in gentle colours",
        Style.ANIME: '"anime": cel shading with clean thin lines, clear colours, bright detailed'
        " eyes and a soft sky or city behind",
        Style.FRESH: '"fresh": a light watercolour illustration, fine pencil lines, pale greens and'
        " blues, much white and morning light",
        Style.FUTURE_TECH: '"future tech": science fiction at night, a sleek suit with glowing'
        " lines, neon in cyan and magenta, holograms in the background",
        Style.CLASSICAL_CHINESE: '"classical Chinese painting": ink and light mineral colours on'
        " rice paper, flowing brush lines, Hanfu dress, misty mountains behind",
        Style.WARRIOR_GENERAL: '"warrior general": an epic painting, ancient Chinese armour with'
        " cloak, banners and dust behind, dramatic golden light",
        Style.VIVID_CARTOON: '"vivid cartoon": bold round outlines, flat glowing colours, playful'
        " shapes and a simple patterned background",
        Style.ELEGANT_CHINESE: '"elegant Chinese": delicate illustration, silk Hanfu in muted jade'
        " and cream, hair ornament, plum blossom and moonlight",
        Style.NEW_YEAR: '"Chinese New Year": a festive illustration in red and gold, a red Tang'
        " jacket, lanterns and fireworks behind",
        Style.FINE_BRUSH: '"Gongbi fine brushwork": even fine ink contours, layered transparent'
        " mineral colours on silk, embroidered Hanfu, flowers and birds behind",
        Style.NEW_YEAR_WISHES: '"New Year wishes": a cheerful New Year print in red and gold,'
        " festive dress, clouds, peonies and paper cuttings behind",
        Style.FAIRY_WORLD: '"fairy-tale world": a storybook illustration in gouache, a castle and a'
        " blooming forest behind, sparkling light",
        Style.CLAY_WORLD: '"clay world": a hand-modelled clay figure, soft finger marks, matt'
        " colours, a small clay set behind, studio light",
        Style.PIXEL_WORLD: '"pixel world": pixel art of a 16-bit game, visible square pixels, few'
        " colours, a pixel landscape behind",
        Style.ADVENTURE_WORLD: '"adventure world": concept art of an adventure game, explorer\'s'
        " dress, jungle ruins behind, sunbeams",
        Style.MANGA_WORLD: '"Japanese manga": black ink on white, hatching and screen tone, speed'
        " lines in the background, no colour at all",
        Style.WORLD_3D: '"3D world": a glossy rendered game figure, clean materials, soft studio'
        " light, a simple coloured room behind",
        Style.ANIME_WORLD: '"anime world": a film still of a hand-drawn anime, painted clouds and'
        " sunlight, pastel colours, sparkles",
        Style.HAND_DRAWN_WORLD: '"hand-drawn world": a coloured-pencil sketch, loose visible'
        " strokes, light washes on white paper",
        Style.CRAYON_WORLD: '"crayon world": a child\'s wax crayon drawing, thick waxy strokes,'
        " bright colours, paper grain, a simple sun and house behind",
        Style.FRIDGE_MAGNET_WORLD: '"fridge magnet": a glossy moulded fridge magnet of the person,'
        " thick contour, raised relief, bright enamel colours",
        Style.BADGE_WORLD: '"badge": a round glossy tin badge with a cartoon portrait of the person'
        " inside its rim, clean outlines, cheerful colours",
    }
)
_OF_PICTURE = (
    "Repaint the photo of image 2 in the style of image 1: its medium, brushwork or rendering,"
    " line, palette, light and texture. Take nothing else from image 1: not its people, things,"
    " words or composition."
)


def restyle(style: Style) -> str:
    """Return the instruction for a restyle whose message names the person last.

    For `Style.OF_PICTURE` the picture whose style is meant comes before the person.
    """
    if style is Style.OF_PICTURE:
        shown = "Image 1: an example of a style. Image 2, the last one: the person."
        return _told(shown, _OF_PICTURE, _PINNED, person=2)
    change = f"Repaint the photo of image 1 in the style {LOOKS[style]}."
    pinned = _OBJECT if style in _OBJECTS else _PINNED
    return _told("Image 1: the person.", change, pinned, person=1)


def _told(shown: str, change: str, pinned: str, *, person: int) -> str:
    return "\n".join(
        (f"Restyle a portrait. {shown}", change, _SAME_PERSON, pinned.format(person=person))
    )
