try: pass
except A, B: pass
except C, D.e(): pass
try: pass
except* A, B: pass
