"""Everything of one person into one ZIP, and such a ZIP in again; other people in it are "a colleague"."""
