"""Values of a case, as they travel in JSON, and the one text form that every engine's values
are compared in. Python has no undefined and one kind of whole number: readings say so."""

import base64
import struct

from pycrdt import Array, Doc, Map, Text, XmlElement, XmlFragment, XmlText


def value_from(json):
    """A value of an edit: JSON, and one-key objects for what JSON has no word for."""
    if isinstance(json, list):
        return [value_from(value) for value in json]
    if not isinstance(json, dict):
        return json
    if "undefined" in json:
        return None
    if "bigint" in json:
        return int(json["bigint"])
    if "float" in json:
        return struct.unpack(">d", bytes.fromhex(json["float"]))[0]
    if "bytes" in json:
        return base64.b64decode(json["bytes"])
    if "type" in json:
        return type_from(json)
    return {key: value_from(value) for key, value in json["object"]}


def type_from(json):
    match json["type"]:
        case "map":
            return Map({key: value_from(value) for key, value in json["init"]})
        case "array":
            return Array([value_from(value) for value in json["init"]])
        case "text":
            return Text(json["init"])
        case "xmltext":
            return XmlText(json["init"])
        case "element":
            return XmlElement(json["name"])
        case "doc":
            return Doc(guid=json["guid"])
    raise ValueError(json["type"])


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def number_text(value):
    if isinstance(value, int):
        return str(value) if abs(value) < 2**53 else f"{value}n"
    if value == int(value) if abs(value) < 2**53 else False:
        if not (value == 0 and str(value).startswith("-")):
            return str(int(value))
    return "f" + struct.pack(">d", value).hex()


def object_text(entries):
    fields = [f"{quoted(key)}:{canonical(value)}" for key, value in sorted(entries)]
    return "{" + ",".join(fields) + "}"


def canonical(value):
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, (bytes, bytearray)):
        return "b" + bytes(value).hex()
    if isinstance(value, Doc):
        return '{"guid":' + quoted(value.guid) + "}"
    if isinstance(value, (XmlFragment, XmlElement, XmlText)):
        return quoted(xml_text(value))
    if isinstance(value, Text):
        return quoted(str(value))
    if isinstance(value, Map):
        return object_text((key, value[key]) for key in value)
    if isinstance(value, dict):
        return object_text(value.items())
    return "[" + ",".join(canonical(item) for item in value) + "]"


def delta_text(text):
    ops = [f"[{canonical(value)},{canonical(format or None)}]" for value, format in text.diff()]
    return "[" + ",".join(ops) + "]"


def run_text(value, format):
    if not isinstance(value, str):
        value = xml_text(value) if isinstance(value, (XmlElement, XmlText)) else str(value)
    names = sorted(format or {})
    opening = "".join(f"<{name}>" for name in names)
    return opening + value + "".join(f"</{name}>" for name in reversed(names))


def xml_text(node):
    """As the stock library writes it; yrs has no order of attributes."""
    if isinstance(node, XmlText):
        return "".join(run_text(value, format) for value, format in node.diff())
    inner = "".join(xml_text(child) for child in node.children)
    if not isinstance(node, XmlElement):
        return inner
    named = "".join(f' {key}="{value}"' for key, value in sorted(node.attributes))
    return f"<{node.tag}{named}>{inner}</{node.tag}>"


def reading(doc):
    """Everything that can be read of a document, by its four roots."""
    text = doc.get("t", type=Text)
    return {
        "text": str(text),
        "delta": delta_text(text),
        "map": canonical(doc.get("m", type=Map)),
        "array": canonical(doc.get("a", type=Array)),
        "xml": xml_text(doc.get("x", type=XmlFragment)),
    }
