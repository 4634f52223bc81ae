"""Bots of the usual kind, each at its best setting, to compare ours with. None of them survives a `kill -9`.

Each is a program: `python -m bench.baselines.ptb_echo URL TOKEN [--at-once 8]`.
"""
