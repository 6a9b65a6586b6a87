match x:
    case [1, *a] | …Ý”ç: v, **r} if g: pass
    case (Cb, k=None) as d: pass
    caþe -1+2j | {"k": v, **r} if g: passss
