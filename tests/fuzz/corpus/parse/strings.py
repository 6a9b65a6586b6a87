a = f"{x!r:>{y}} {{}} {f'{z}'=}" rb'\x00' u"\N{DIGIT ONE}"
b = """a
b""" '''c''' t"{d}"
c = [i async for i in j if k if l]; d = {**e, 1: 2}; g = {*h}
i = 0x_ff + 1_0.5e-3j if not k else -l ** ~m @ n // o << p
