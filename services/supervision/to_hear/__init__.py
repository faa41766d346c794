"""Petitions that ask for a hearing: repeated ones and those carried past the levels (S103). A leader decides."""
