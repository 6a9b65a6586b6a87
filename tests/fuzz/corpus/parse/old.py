print "x" % y
exec "code" in d
raise E, "v"
try: pass
except E, e: pass
x = 0777 <> 1L + `y`
def f((a, b)): pass
