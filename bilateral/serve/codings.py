"""Content codings: how an answer is compressed (RFC 9110, section 8.4.1)."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from bilateral.formats import qualities

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_GZIP_WINDOW: Final = 31
"""zlib's window of 32 KiB, with gzip's head and trailer."""
_GZIP_LEVEL: Final = 4
_ZSTD_LEVEL: Final = 3


class Compressor(Protocol):
    """Takes bytes, and gives those that it is done with."""

    def compress(self, data: bytes, /) -> bytes:
        """Take bytes."""

    def flush(self) -> bytes:
        """End."""


class _Identity:
    """Leaves bytes as they are."""

    def compress(self, data: bytes, /) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""


@dataclass(frozen=True)
class Coding:
    """A content coding: its registered name, and what compresses with it."""

    name: str
    compressor: Callable[[], Compressor]

    def encode(self, content: bytes) -> bytes:
        """Compress content in one go."""
        compressor = self.compressor()
        return compressor.compress(content) + compressor.flush()


IDENTITY: Final = Coding("identity", _Identity)
GZIP: Final = Coding("gzip", lambda: zlib.compressobj(_GZIP_LEVEL, wbits=_GZIP_WINDOW))
ZSTD: Final = Coding("zstd", lambda: zstd.ZstdCompressor(_ZSTD_LEVEL))

_PREFERRED: Final = (ZSTD, GZIP, IDENTITY)
BY_NAME: Final = {coding.name: coding for coding in _PREFERRED}


@lru_cache(256)
def negotiate(accept_encoding: str | None) -> Coding:
    """Choose the coding that the client likes best; of equals the first of zstd, gzip and identity.

    Identity is what is sent where the client says nothing, or refuses all there are
    (RFC 9110, section 12.5.3: a server should then send without coding).

    >>> negotiate("gzip, zstd;q=0").name
    'gzip'
    """
    if not accept_encoding:
        return IDENTITY
    weights = qualities(accept_encoding)
    others = weights.get("*", 0.0)

    def weight(coding: Coding) -> float:
        unnamed = max(others, 0.001) if coding is IDENTITY else others
        return weights.get(coding.name, unnamed)

    best = max(_PREFERRED, key=weight)
    return best if weight(best) > 0 else IDENTITY
