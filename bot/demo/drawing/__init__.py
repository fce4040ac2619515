"""Pictures drawn by hand: the sample photos, and what the local services answer with."""
