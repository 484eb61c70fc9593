"""The list of everything a package is made of, as CycloneDX 1.6 in JSON. The same parts give the same bytes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from installer import program
from installer.parts import Part
from installer.program import Built

_SPACE: Final = uuid.UUID("6f0d5a0e-3d3b-5c39-9f0c-1d6f5b1c7a52")
"""A name space of our own for serial numbers that follow from the content."""


def written(built: Built, parts: Iterable[Part], files: Mapping[str, str]) -> str:
    """Return the document. *files* are the programs in the folder and their SHA-256."""
    moment = datetime.fromtimestamp(int(program.source_moment()), UTC)
    own, others = _split(parts)
    document: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": moment.isoformat().replace("+00:00", "Z"),
            "component": _component(own, "application") | {"components": _files(files)},
            "properties": [{"name": "system", "value": built.system}],
        },
        "components": [_component(part, "library") for part in others],
        "dependencies": [
            {"ref": _reference(own), "dependsOn": [_reference(part) for part in others]},
            *({"ref": _reference(part)} for part in others),
        ],
    }
    serial = uuid.uuid5(_SPACE, json.dumps(document, sort_keys=True))
    whole = {**document, "serialNumber": f"urn:uuid:{serial}"}
    return json.dumps(whole, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _split(parts: Iterable[Part]) -> tuple[Part, list[Part]]:
    listed = list(parts)
    (own,) = (part for part in listed if part.name == "ShelterDesk")
    return own, [part for part in listed if part is not own]


def _reference(part: Part) -> str:
    # The same library may be inside two others.
    inside = f"#{part.note}" if part.note.startswith("Inside ") else ""
    return f"{part.origin or f'pkg:generic/{uuid.uuid5(_SPACE, part.name)}@{part.version}'}{inside}"


def _component(part: Part, kind: str) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": kind,
        "bom-ref": _reference(part),
        "name": part.name,
        "version": part.version,
        "licenses": [_licence(part)],
    }
    if part.origin:
        component["purl"] = part.origin
    if part.note:
        component["description"] = part.note
    if part.archives:
        # The lock allows the archive of each system; which of them was taken is checked by its hash when it is fetched.
        component["properties"] = [{"name": "archive allowed by the lock", "value": one} for one in part.archives]
    return component


def _licence(part: Part) -> dict[str, Any]:
    if part.origin.startswith("pkg:deb/"):
        return {"license": {"name": part.licence}}
    return {"expression": part.licence}


def _files(files: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"type": "file", "bom-ref": f"file:{name}", "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}
        for name, digest in sorted(files.items())
    ]
