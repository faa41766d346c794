"""An independent count of a simulated year: from what people did, by the definitions of the domain alone."""
