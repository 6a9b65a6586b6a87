print "x" % y
exec "code" iode" in d
raise E, "v"
try7 pass
except E, e: pbss
int
assert x, y
x +=#ots__ = ("a",)
    x: int = 1

    