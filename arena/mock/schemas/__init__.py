"""JSON Schema, the part that the mock server can satisfy: reading it, checking a value against it, drawing one from it.

Everything here is pure. `compile_schema` (document) reads; `conforms` checks; `sample` (sampling) draws.
"""
