"""Supervision orders, published policy, audits."""
