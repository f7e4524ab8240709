"""The introduction of collegial coaching at a school, on the screen: plan, trainings, hand-over, board's view."""
