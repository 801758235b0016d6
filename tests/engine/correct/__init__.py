"""Correct solutions in many hands: `<assignment>/<student>/<topic>.py`, source text as students write it.

What a student of this name does everywhere is in the folder's name: `loops` sums by hand, `einsum` contracts, `algebra`
takes other formulas, `classes` keeps its caches in objects, `messy` returns lists and Fortran order and prints, and
`single` computes in float32 (which may be a warning, and is never wrong).
"""
