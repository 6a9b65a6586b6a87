class A:
    def f(self):
        (bar.
    baz(  # comment
    ))
        return [x.
y,
  """
""".
  z]
    def g(self): return f"{a:=5.1f}{b:={w}}{c['d']:=^4}{(e:=1)}" f'{{{f:=}}}'
