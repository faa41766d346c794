"""Desk: where an office's staff register and handle cases.

It runs beside the node and speaks only to that node's offices.
"""
