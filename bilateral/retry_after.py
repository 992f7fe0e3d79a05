"""The field Retry-After, by which a server says when to ask again (RFC 9110, section 10.2.3)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def seconds_of(field: str) -> float | None:
    """Read the seconds to wait: a number, or until a date, which may be over; None of what is neither.

    >>> seconds_of("120")
    120.0
    >>> seconds_of("Fri, 31 Dec 1999 23:59:59 GMT"), seconds_of("Fri, 31 Dec 1999 23:59:59 -0000"), seconds_of("soon")
    (0.0, 0.0, None)
    """
    text = field.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)  # -0000 says UTC, and no more (RFC 5322, section 3.3)
    return max(0.0, (date - datetime.now(UTC)).total_seconds())
