f"{x!r:>{w}} {x=} {x = !s} {x=:>{w}.{p}}"
f"{'a' if b else "c"} {d["key"]} {f"{nested!a}" + f'{f"{deep}"}'}"
f'''{
    x
    + y  # why
}'''
f"{{literal}} {x:{{}}}" if False else f"{lambda_}"
rf"\{x}" fr'{y}\n'
f"{x:%Y-%m-%d %H:%M}{*a, b}{yield_}"
f"a" "b" f"{c}" 'd'
t"hello {name!r:>10}" t"{x=}"
b"bytes" rb'\x00' Rb"\d"
u"old" U'x'
"one" 'two' \
    "three"
("a"
 "b" f"{c}")
x = "\N{BULLET} \x41 \101 \u00e9 \U0001F600 \
continued"
x = r'\\' + r"\"" + '''a'b"c'''
f"{x:{'>'}{10}}"
f"{(lambda: 1)()} {x if y else z} {a, b} {x:=5} {(x:=5)}"
