"""What is known about text itself: sentence borders, normalisation, roles of blocks, languages."""
