"""Language profiles: one studied language of one learner."""
