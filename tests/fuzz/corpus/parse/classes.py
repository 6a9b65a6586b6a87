@decorator(1)
class A[T: int = str](B, C[T], metaclass=M, **kw):
    """doc"""
    __slots__ = ("a",)
    x: int = 1

    async def method(self, /, a, *args: int, b=2, **kw) -> "list[int]":
        async with a as b, c:
            yield await d
