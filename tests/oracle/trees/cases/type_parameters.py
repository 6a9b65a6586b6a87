class A[T]: ...
class B[T: int, *Ts, **P](Base[T], metaclass=M): ...
class C[T: (int, str) = int, *Ts = *tuple[int, ...], **P = [int, str]]:
    def method[U = dict[str, int]](self, x: U = 1) -> U: ...
class D[
    T = int,  # why
    U: str = "x",
]:
    attribute: T
def f[T = lambda: [1, 2]](x): return x
async def g[T](x): await x
type X = int
type Y[T] = list[T]
type Z[T = int, *Ts = *tuple[()]] = tuple[T, *Ts]
type type = type
type[0] = 1
type(x).attribute = 2
type(x).attribute: int = 3
type (x)[0] = type
type = 1
print(type, type.x, type(x))
