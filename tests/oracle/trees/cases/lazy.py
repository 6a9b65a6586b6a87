lazy import a, b.c as d
lazy from e import f
if x:
    y = 1
lazy   from . import g as h
lazy = 1
lazy.x = lazy
