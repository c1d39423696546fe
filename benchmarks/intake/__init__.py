"""Updates under load: how quickly they are taken in, and what each costs until its answer is sent."""
