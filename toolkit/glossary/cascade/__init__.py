"""The steps by which a missing term is brought into a translation, from the least to the most invasive."""
