"""BLEU, chrF, ROUGE and term success, each with its signature."""
