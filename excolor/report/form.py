"""Whether JSON has the form that a JSON Schema describes, and if not, where and in what.

It knows the words that `report.schema.json` uses and no others, so that reading a run needs no package for it.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]

TYPES: dict[str, tuple[type, ...]] = {
    "null": (type(None),),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "string": (str,),
    "array": (list,),
    "object": (dict,),
}
LARGEST = 2**53
"""A whole number beyond it is not the same in double precision."""
MOST = 60
"""Letters of what is there that are told."""


def fault(told: Any, schema: Schema) -> str:
    """The first thing in which JSON is not as the schema has it, such as `runs[0].seconds is 'x', and must be number`;
    empty if there is none."""
    return next(_faults(told, schema, schema, ""), "")


def _faults(told: Any, schema: Schema, whole: Schema, at: str) -> Iterator[str]:
    schema = _meant(told, schema, whole)
    here = at or "it"
    types = schema.get("type", ())
    types = [types] if isinstance(types, str) else types
    if types and not any(_is(told, each) for each in types):
        yield f"{here} is {_shown(told)}, and must be {' or '.join(types)}"
    elif "const" in schema and told != schema["const"]:
        yield f"{here} is {_shown(told)}, and must be {schema['const']!r}"
    elif "enum" in schema and told not in schema["enum"]:
        yield f"{here} is {_shown(told)}, and must be one of {', '.join(map(repr, schema['enum']))}"
    elif isinstance(told, str) and not re.search(schema.get("pattern", ""), told):
        yield f"{here} is {_shown(told)}, and must match {schema['pattern']}"
    elif isinstance(told, dict):
        yield from _in_object(told, schema, whole, at)
    elif isinstance(told, list):
        if len(told) < schema.get("minItems", 0):
            yield f"{here} has {len(told)} items, and must have {schema['minItems']} or more"
        for place, each in enumerate(told):
            yield from _faults(each, schema.get("items", {}), whole, f"{at}[{place}]")
    elif isinstance(told, int | float) and not (
        schema.get("minimum", -math.inf) <= told <= schema.get("maximum", math.inf)
    ):
        least, most = (schema.get(end, "any") for end in ("minimum", "maximum"))
        yield f"{here} is {_shown(told)}, and must lie between {least} and {most}"


def _in_object(told: dict[str, Any], schema: Schema, whole: Schema, at: str) -> Iterator[str]:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    within = f"{at}." if at else ""
    for name in schema.get("required", ()):
        if name not in told:
            yield f"{within}{name} is missing"
    for name, value in told.items():
        if name in known:
            yield from _faults(value, known[name], whole, within + name)
        elif others is False:
            yield f"{within}{name[:MOST]} is not known"
        elif isinstance(others, dict):
            yield from _faults(value, others, whole, within + name[:MOST])


def _meant(told: Any, schema: Schema, whole: Schema) -> Schema:
    """The schema that is meant: the one referred to, or of several the one for what is there, null or not."""
    meant = schema
    if "$ref" in schema:
        meant = whole["$defs"][schema["$ref"].rpartition("/")[2]]
    elif "oneOf" in schema:
        nothing, something = schema["oneOf"]
        meant = nothing if told is None else something
    return meant


def _is(told: Any, name: str) -> bool:
    """Whether it is of a type. True is no number, and one that is infinite or inexact none; a text can be written."""
    if not isinstance(told, TYPES[name]) or (isinstance(told, bool) and name != "boolean"):
        return False
    if isinstance(told, str):
        return not re.search("[\ud800-\udfff\0]", told)
    return math.isfinite(told) if isinstance(told, float) else not isinstance(told, int) or abs(told) <= LARGEST


def _shown(told: Any) -> str:
    words = ascii(told) if not isinstance(told, int) or abs(told) <= LARGEST else "a number too large"
    return words if len(words) <= MOST else f"{words[:MOST]}..."
