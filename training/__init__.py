"""The recipe of the built-in package, from raw sentence pairs to a file that ``toolkit models install`` accepts.

Every step is a program (``python -m training.STEP --help``) and reads in an hour; `training/README.md` gives the
commands in order. Only `model`, `loss`, `optimizer`, `checkpoint` and `train` need torch.
"""
