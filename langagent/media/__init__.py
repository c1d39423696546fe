"""Media: learners' files, stored once by content and reached by links that expire."""
