"""Print the dialogue's state diagram: `python -m bot.dialogue`."""

from bot.dialogue.diagram import mermaid

print(mermaid())  # noqa: T201  printing is what this is for
