"""What every machine must do alike, and what only SSH can get wrong."""
