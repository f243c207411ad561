"""How good an agreement is: the measures of section 2 of the design, one idea a module."""
