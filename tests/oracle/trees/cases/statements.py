"""Docstring."""
from __future__ import annotations
from . import a
from ...b.c import d as e, f,
from .g import (h, i as j,)
from k import *
import l, m.n.o as p
x = y = z = 1,
(a), b = [c, (d)], *e = f
(g): int
(g.h): int = 1
i[0]: list[int] | None = None
j: tuple[int, ...] = ()
k: dict[str, list[int]][0] = {}
l: x[a:b, ::c, d:e:f] = 1
m: X[Y].Z = 1
n: Callable[[int], str] | A[B] | None = lambda *a, b=1, **c: 0
o: X[*Ts] = 1
p: X["quoted", 1,]
x += yield
del a, (b, c), d[0], [e]
assert a, b
raise
raise a from b
return_ = 1
if a: pass
elif b: pass
else: pass
if a:
    pass
    # comment
elif b: x = 1; y = 2;
else:
    if c: pass
    else: pass
for a, *b in *c, d: pass
else: pass
while a: break
else: continue_
try: pass
except A: pass
except (A, B) as c: pass
except: pass
else: pass
finally: pass
try: pass
except* A as b: pass
with a: pass
with (a): pass
with (a, b): pass
with (a, b) as c: pass
with (a as b): pass
with (a as b, c as d,): pass
with a as (b, c), d as e.f: pass
with (yield): pass
with (a, b)[0] as c, (d): pass
with a() as b[0], c: pass
async def f():
    async for a in b: pass
    async with a as b, c: pass
    await a ** await b
    return *a, b
    [x async for x in y if z if w for v in u]
@a.b(c)[d]
@(lambda f: f)
class C(B, *args, metaclass=M, **kwargs):
    x: int
    @property
    def y(self, a, /, b: int = 1, *args: *Ts, c, d=2, **kwargs: int) -> "str": ...
    def z(self, *, a): ...
def f(a=1, /, *, b): global c, d; nonlocal e
print >>f, x
print
print(x, file=y)
exec("x")
match = case = _ = type = 1
match[x], match(x), match.x
lazy = 1
pass; pass
if x:\
    pass
class E: x = 1
x = a if b else c if d else e
x = not a in b is not c not in d != e
x = a or b and c or not d
x = a | b ^ c & d << e + f * -g ** -h
x = a & b ^ c | d ^ e & f
x = a ^ b & c ^ d
x = (a ^ b) & c
x = {**a, 'b': c}, {*a, b}, [*a, *b.c(d)[e]], {}, ()
x = f(*a, *b, c=d, **e, **f.g()), f(x for x in y), f((x for x in y), z), f(a := 1)
x = a[b], a[b:c], a[:], a[::], a[b, c:d], a[b,], a[*b], a[*b, c], a[(b, c)], a[b := 1]
x = lambda: (yield), lambda *, a: a, lambda a, /, b=1, *c, **d: (a, b)
x = {a: b for a, b in c}, {a for a in b}, (a for a, in b), [lambda: x for x in y if lambda: z]
x = 1, 0xFF, 0o17, 0b11, 1_000, 1e5, 1.5j, .5, 5., 1E-5, 99999999999999999999, 0
x = ... if None else True is False
x = a.b.c(d)(e)[f].g @ h // i % j >> k
x = *a.b(), *c[d], *(e or f), *g | h
for x in lambda: y, z: pass
x = yield a, *b
x = await_
x = -1 ** 2, +a, ~b, not c, - -d
x = a < b < c == d >= e
x = (yield)
x = (a,), (a), ((a)), (a, b), ()
