"""The commands of ``shangda``, one module for each kind of thing an operator does."""
