"""The house's two web programs: the public portal and the staff's desk.

Both are plain threaded programs; they reach services by letter (portal) or by RPC (desk), never by import.
"""
