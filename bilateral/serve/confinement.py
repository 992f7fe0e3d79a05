"""What a worker process may not do: use more memory than its share, or open a connection.

The guard refuses a query that asks for another server; this is the second wall, in the kernel.
"""

from __future__ import annotations

import ctypes
import platform
import resource
import signal
import struct
import sys
from pathlib import Path
from typing import Final

_SOCKET_CALLS: Final = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
# The architecture's audit number (linux/audit.h) and the number of its system call socket.

_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
# Classic BPF and the return values of seccomp (linux/filter.h, linux/seccomp.h); refusing gives EPERM.

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _SECCOMP_MODE_FILTER = 1, 22, 38, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def die_with_parent() -> None:
    """Let the kernel kill this process when the server dies, even in the midst of a query."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def limit_memory(memory: int) -> None:
    """Let this process write at most ``memory`` bytes more than it has now."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # What is written, not address space: the engine's allocator reserves that by the gigabyte.
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
        limit = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def refuse_sockets() -> None:
    """Make every attempt of this process to open a socket fail; elsewhere than on Linux do nothing.

    Raises:
        OSError: the kernel has no seccomp.
    """
    if sys.platform != "linux" or platform.machine() not in _SOCKET_CALLS:
        return
    architecture, socket_call = _SOCKET_CALLS[platform.machine()]
    instructions = (
        (_LOAD, 0, 0, 4),
        (_JUMP_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_JUMP_IF_EQUAL, 0, 1, socket_call),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    )
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in instructions)
    program = _Program(len(instructions), code)
    libc = ctypes.CDLL(None, use_errno=True)
    calls = (
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0),
    )
    if any(calls):
        raise OSError(ctypes.get_errno(), "seccomp cannot be set")
