"""overt: a static type checker for Python. The checker is a program; this package only finds it."""
