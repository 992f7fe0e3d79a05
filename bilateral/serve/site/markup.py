"""What search engines read of a page: schema.org's ``Dataset``.

https://schema.org/Dataset, as dataset search engines ask for it.
"""

from __future__ import annotations

from typing import Final

from bilateral.formats import DOCUMENTS, HTML, N_QUADS
from bilateral.snapshot import Manifest
from bilateral.terms import BASE, LANGUAGES, path_of
from bilateral.words import Words

Markup = dict[str, object]

_CREATOR: Final = {"@type": "Organization", "name": "The Bilateral project", "url": BASE}


def whole_dataset(words: Words, public_url: str, manifest: Manifest, modified: str) -> Markup:
    """Describe the whole graph."""
    return {
        **_dataset(words, manifest),
        "@id": f"{BASE}dataset",
        "name": words("Bilateral: the relations between countries"),
        "description": words("Open facts on the relations between countries, each dated and with its source."),
        "url": f"{public_url}/",
        "version": manifest.data_version,
        "dateModified": modified,
        "includedInDataCatalog": {"@type": "DataCatalog", "name": "Bilateral", "url": f"{public_url}/download/"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": N_QUADS.media_type,
                "contentUrl": f"{public_url}/download/bilateral.nq.gz",
            }
        ],
    }


def dataset_of(iri: str, name: str, words: Words, public_url: str, manifest: Manifest) -> Markup:
    """Describe the facts on a relation."""
    return {
        **_dataset(words, manifest),
        "@id": iri,
        "name": name,
        "description": words("What is known of {name}: each fact dated and with its source.", name=name),
        "url": f"{public_url}{path_of(iri)}",
        "isPartOf": {"@id": f"{BASE}dataset"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": format_.media_type,
                "contentUrl": f"{public_url}{path_of(iri)}.{format_.extension}",
            }
            for format_ in DOCUMENTS
            if format_ != HTML
        ],
    }


def _dataset(words: Words, manifest: Manifest) -> Markup:
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "license": manifest.all_licenses,
        "creator": _CREATOR,
        "isAccessibleForFree": True,
        "inLanguage": [words.language, *(language for language in LANGUAGES if language != words.language)],
    }
