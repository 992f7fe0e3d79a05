"""What the facts of this source say alike."""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.build.thing import Property, Texts, date


def listed(labels: Texts) -> Texts:
    """State that the source has what the labels name."""
    return {
        "en": f"Lists it: {labels['en']}.",
        "es": f"Lo registra: {labels['es']}.",
        "ko": f"다음 사항이 실려 있다: {labels['ko']}.",
    }


def moment(start: str, end: str) -> Iterator[Property]:
    """Say when: on one day, or from one to another."""
    if start == end or not end:
        yield ("bilat:date", date(start))
    else:
        yield ("bilat:startDate", date(start))
        yield ("bilat:endDate", date(end))


def within(reason: str) -> str:
    """Write a reason as a part of a sentence, as the lists of what is left out have it."""
    return reason[:1].lower() + reason[1:]
