"""Boards (挂牌): leaders' published profiles, who of a unit is listed, and which units have none."""
