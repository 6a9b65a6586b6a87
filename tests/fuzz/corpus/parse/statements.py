try:
    import a.b as c, d
    from . import (x, y as z)
except* (E, F) as e:
    raise G from e
else:
    del a[1:2, ...], b.c
finally:
    global h
while (n := f(x)) > 1:
    continue
for i, *j in k: break
type Alias[*Ts, **P] = int
assert x, y
x += 1; y: int; lambda a, *b: (yield)
