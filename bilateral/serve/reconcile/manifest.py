"""The service manifest: what the service can do, and at which addresses (section 3.1)."""

from __future__ import annotations

from typing import Final

from bilateral import __version__
from bilateral.serve.limits import BatchLimits
from bilateral.serve.reconcile.kinds import SPACE
from bilateral.terms import ONTOLOGY

PATH: Final = "/reconcile"

_WIDTH: Final = 420
_HEIGHT: Final = 260
"""The pixels of a preview."""


def describe(
    public_url: str, language: str | None, types: list[dict[str, object]], limits: BatchLimits
) -> dict[str, object]:
    """Describe the service; with a ``language``, the one that speaks it whatever the client prefers."""
    path = f"{PATH}/{language}" if language else PATH
    in_language = f"&lang={language}" if language else ""
    return {
        "versions": ["0.2"],
        "name": f"Bilateral ({language})" if language else "Bilateral",
        "identifierSpace": SPACE,
        "schemaSpace": ONTOLOGY,
        "defaultTypes": types,
        "documentation": f"{public_url}/developers#reconciliation",
        "logo": f"{public_url}/static/icon.svg",
        "serviceVersion": __version__,
        "batchSize": limits.queries,
        "view": {"url": f"{public_url}/id/{{{{id}}}}"},
        "feature_view": {"url": f"{public_url}/developers#feature-{{{{id}}}}"},
        "preview": {
            "url": f"{public_url}{PATH}/preview?id={{{{id}}}}{in_language}",
            "width": _WIDTH,
            "height": _HEIGHT,
        },
        "suggest": {
            kind: {"service_url": public_url, "service_path": f"{path}/suggest/{kind}"}
            for kind in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": public_url, "service_path": f"{path}/properties"},
            "property_settings": [],
        },
    }
