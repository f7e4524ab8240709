"""Pages of this room: groups, members, agreements, meetings."""
