"""One edit of a case, carried out on whatever type its path leads to. Numbers in an edit are
taken modulo what is there, so that every edit fits every document."""

from pycrdt import Array, Map, Text, XmlElement, XmlFragment, XmlText
from values import value_from

ROOTS = {"t": Text, "m": Map, "a": Array, "x": XmlFragment}


def children_of(target):
    if isinstance(target, (Text, XmlText)):
        return []
    if isinstance(target, Map):
        values = [target[key] for key in sorted(target)]
    elif isinstance(target, Array):
        values = list(target)
    else:
        values = list(target.children)
    return [value for value in values if isinstance(value, (*ROOTS.values(), XmlElement, XmlText))]


def target_of(doc, edit):
    target = doc.get(edit["root"], type=ROOTS[edit["root"]])
    for step in edit["path"]:
        children = children_of(target)
        if not children:
            break
        target = children[step % len(children)]
    return target


def attributes_of(edit):
    return {key: value_from(value) for key, value in edit["attributes"]}


def offsets_of(text):
    """Where the characters of a text begin: yrs counts their bytes here, and an embed as one."""
    offsets = [0]
    for value, _ in text.diff():
        sizes = [len(mark.encode()) for mark in value] if isinstance(value, str) else [1]
        for size in sizes:
            offsets.append(offsets[-1] + size)
    return offsets


def edit_text(text, edit):
    offsets = offsets_of(text)
    last = len(offsets) - 1
    first = edit["at"] % len(offsets)
    at = offsets[first]
    act = edit["act"]
    if act == "insert":
        text.insert(at, edit["text"])
    elif act == "insertFormatted":
        text.insert(at, edit["text"], attributes_of(edit))
    elif act == "embed":
        if isinstance(text, XmlText):
            return  # Nobody has a word of XML for it.
        text.insert_embed(at, value_from(edit["embed"]), attributes_of(edit))
    elif last > first:
        end = offsets[first + 1 + edit["count"] % (last - first)]
        if act == "format":
            text.format(at, end, attributes_of(edit))
        else:
            del text[at:end]


def edit_map(target, edit):
    if edit["act"] == "delete":
        target.pop(edit["key"], None)
    else:
        target[edit["key"]] = value_from(edit["values"][0])


def edit_list(target, values, edit):
    length = len(target)
    at = edit["at"] % (length + 1)
    if edit["act"] != "delete":
        for offset, value in enumerate(values):
            target.insert(at + offset, value)
    elif length > at:
        del target[at : at + 1 + edit["count"] % (length - at)]


def edit_element(element, edit):
    if edit["act"] == "format":
        element.attributes[edit["key"]] = edit["text"]
    elif edit["act"] == "embed":
        if edit["key"] in element.attributes:
            del element.attributes[edit["key"]]
    else:
        edit_list(element.children, [value_from(edit["node"])], edit)


def perform(doc, edit):
    """Does one edit within the transaction that is open."""
    target = target_of(doc, edit)
    if isinstance(target, (Text, XmlText)):
        edit_text(target, edit)
    elif isinstance(target, Map):
        edit_map(target, edit)
    elif isinstance(target, XmlElement):
        edit_element(target, edit)
    elif isinstance(target, XmlFragment):
        edit_list(target.children, [value_from(edit["node"])], edit)
    else:
        edit_list(target, [value_from(value) for value in edit["values"]], edit)
