match x:
    case [k=a as b]: pass
    case a=2 | b: pass
    case C([a=2], b={1: c=3}): pass
