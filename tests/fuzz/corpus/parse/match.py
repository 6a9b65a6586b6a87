match x:
    case [1, *a] | {"k": v, **r} if g: pass
    case C(b, k=None) as d: pass
    case -1+2j | "s": pass
    case _: pass
