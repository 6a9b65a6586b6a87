match x:
    case {[1]: v}: pass
match x:
    case {a | b: 2, (a as b): 3, None: 2, f(x): 2, f"a": 2, "a" "b": 3, -1: 2, 1+2j: 3, {2: 3}: 4}: pass
    case (a=2): pass
    case [a=2]: pass
    case a=2: pass
    case a=2, b=3: pass
    case C(a=b=2): pass
    case C(*a, **b): pass
    case C(a=*b): pass
    case *a: pass
    case {"a": *b, **c}: pass
    case {**c, **d}: pass
    case x as y as z: pass
    case (k=a as b): pass
    case [k=a as b]: pass
