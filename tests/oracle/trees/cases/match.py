match x:
    case 1 | -2 | 3.5 | -1j | 1 + 2j | -1 - 2j: pass
    case "a" "b" | b"c" | None | True: pass
    case a: pass
match x, *y:
    case [a, b, *_] | (c, *d) | []: pass
    case (a): pass
    case (a,): pass
    case a, b: pass
    case *a, b,: pass
    case (a | b) as c: pass
    case {"a": 1, -1: b, C.d: [e], **rest}: pass
    case {}: pass
    case {-0-0j: a, 1+1j: -2-2j, 3: -4}: pass
    case A(): pass
    case a.B(1, c, d=2, e=F() as g, h=-1): pass
    case a.b.c: pass
    case [1, [2, [3, _]]] if x > 1: pass
    case {**rest}: pass
    case _: pass
match (x):
    case _:
        pass
        # comment
match x,:
    case _ if (y := x): pass
match -x: 
    case str() as s: pass
match = {match: case for case in match}
match.case = 1
match(x)
print(match [x])
