"""What a director sees: groups and their plans as they are, people only as spans told after each quarter."""
