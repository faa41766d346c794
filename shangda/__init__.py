"""The composition root: the command line, run, demo and the private broker.

The only package that sees all the others.
"""

import warnings

# nameko 2 stands on eventlet; design.md section 3 keeps both out of rules, stores and models for the day they go.
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
