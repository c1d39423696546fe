"""What a plan allows, and which plan a learner has."""
