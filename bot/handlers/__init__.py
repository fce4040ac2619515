"""From an update to one transaction: what happened, what follows, what is said."""
