"""Take out of a bill of materials whatever names an address or a machine: a lock file says what, never from where.

Reads CycloneDX as JSON from standard input and writes it to standard output; the same lock gives the same bytes.
"""

import json
import sys


def bare(bill: dict[str, object]) -> dict[str, object]:
    """Return the bill with name, version, package URL and hashes of each component, and nothing else of it."""
    components = bill["components"]
    if not isinstance(components, list):
        raise TypeError("no components")
    bill["components"] = [
        {
            "type": one["type"],
            "bom-ref": one["purl"],
            "name": one["name"],
            "version": one["version"],
            "purl": one["purl"],
            "hashes": [each for reference in one["externalReferences"] for each in reference["hashes"]],
        }
        for one in components
    ]
    bill["metadata"] = {"component": {"type": "application", "bom-ref": "tracker", "name": "court-process-tracker"}}
    bill["dependencies"] = [
        {"ref": "tracker", "dependsOn": sorted(one["purl"] for one in components)},
        *({"ref": one["purl"]} for one in components),
    ]
    return bill


if __name__ == "__main__":
    json.dump(bare(json.load(sys.stdin)), sys.stdout, indent=1, sort_keys=True)
