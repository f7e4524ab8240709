"""Pages of taking along: everything of mine out, and in again."""
