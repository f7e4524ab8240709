"""Pages and verbs of intervision: one view, one action."""
