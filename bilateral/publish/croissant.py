"""Croissant 1.0: the tables of a release as those read them who train and test models.

https://docs.mlcommons.org/croissant/docs/croissant-spec.html
"""

from __future__ import annotations

import json
from typing import Final

from bilateral.formats import CSV
from bilateral.publish.table import Column, Table, Type, tables
from bilateral.release import Release, sha256_of
from bilateral.snapshot import Manifest
from bilateral.terms import BASE

_CONTEXT: Final = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES: Final = {
    Type.NUMBER: "sc:Float",
    Type.INTEGER: "sc:Integer",
    Type.BOOLEAN: "sc:Boolean",
    Type.IRI: "sc:URL",
}


def write(release: Release, manifest: Manifest) -> None:
    """Write the description of the tables into the folder of a release."""
    found = tables()
    content = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "bilateral",
        "description": f"The relations between countries, as tables: {_listed(found)}; each fact with the address of "
        "its sources.",
        "url": BASE,
        "version": _semantic(release.version),
        "datePublished": release.modified,
        "license": manifest.all_licenses,
        "citeAs": f"The Bilateral project. Bilateral, release {release.version}. {BASE}",
        "distribution": [_file(release, table) for table in found],
        "recordSet": [_records(table) for table in found],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    (release.folder / "croissant.json").write_text(text, encoding="utf-8")


def _listed(found: list[Table]) -> str:
    """List the tables by their names.

    >>> _listed([Table("visa_rules", "", None, (), ""), Table("visits", "", None, (), "")])
    'visa rules, visits'
    """
    return ", ".join(table.name.replace("_", " ") for table in found)


def _semantic(version: str) -> str:
    """Write a version as MAJOR.MINOR.PATCH where it is made of numbers; else as it is.

    >>> _semantic("2026.11")
    '2026.11.0'
    """
    parts = version.split(".")
    return ".".join([*parts, "0", "0"][:3]) if all(part.isdigit() for part in parts) else version


def _file(release: Release, table: Table) -> dict[str, object]:
    name = f"tables/{table.name}.csv"
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "description": table.title,
        "contentUrl": name,
        "encodingFormat": CSV.media_type,
        "contentSize": f"{(release.folder / name).stat().st_size} B",
        "sha256": sha256_of(release.folder / name),
    }


def _records(table: Table) -> dict[str, object]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.title,
        "key": {"@id": f"{table.name}/{table.key}"},
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, object]:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": f"{table.name}/{column.name}",
        "description": column.description,
        "dataType": _TYPES.get(column.type, "sc:Text"),
        "source": {"fileObject": {"@id": f"tables/{table.name}.csv"}, "extract": {"column": column.name}},
    }
