"""Campaigns (专项行动): name, period, targets, cadres; published downward."""
