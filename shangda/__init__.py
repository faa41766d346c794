"""The composition root: the command line, run, demo and the private broker.

The only package that sees all the others.
"""
