"""A year of the network: what people do in it by a seed, played on the real services, and the figures that come of it.

What a person does is an act (``acts``), made by the themes (``people``) and played by the ``driver`` on a stage: the real broker
(``on_broker``), or the same services with letters carried by hand (``by_hand``). Nothing here decides what an act leads to.
"""
