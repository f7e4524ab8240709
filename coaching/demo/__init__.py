"""The demo: three invented schools and a year of their work, told through the verbs of the screens."""
