"""Pure: the dialogue as a state machine. See `model` for its nouns."""
