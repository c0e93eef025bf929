"""yrs by way of pycrdt, asked over standard input: one request as a line of JSON, one line as its
answer. A request is a list of commands; bytes are base64."""

import base64
import json
import sys

import pycrdt
from edits import perform
from pycrdt import Doc
from values import reading


def as_bytes(text):
    return base64.b64decode(text)


def as_text(data):
    return base64.b64encode(data).decode()


def open_doc(client):
    return Doc(client_id=client["client"], skip_gc=not client["gc"])


def state_of(doc):
    """The reading is that of a fresh document: what is still in memory has other number types."""
    update = doc.get_update()
    fresh = Doc(skip_gc=True)
    fresh.apply_update(update)
    return {
        "vector": as_text(doc.get_state()),
        "v1": as_text(update),
        "reading": reading(fresh),
    }


def exchange(source, target):
    target.apply_update(source.get_update(target.get_state()))


def settle(docs):
    for _ in range(2):
        for source in docs:
            for target in docs:
                if source is not target:
                    exchange(source, target)


class Case:
    def __init__(self, clients):
        self.docs = [open_doc(client) for client in clients]
        self.updates = []
        self.made = []
        self.is_editing = False
        for doc in self.docs:
            doc.observe(self.note)

    def note(self, event):
        if self.is_editing and event.update != b"\x00\x00":
            self.updates.append(event.update)
            self.made.append(event.update)

    def take(self, step):
        doc = self.docs[step["who"]]
        if "edits" in step:
            self.is_editing = True
            with doc.transaction():
                for edit in step["edits"]:
                    perform(doc, edit)
            self.is_editing = False
        elif "from" in step:
            exchange(self.docs[step["from"]], doc)
        elif self.updates:
            for index in step["give"]:
                doc.apply_update(self.updates[index % len(self.updates)])


def run_case(command):
    case = Case(command["clients"])
    for step in command["steps"]:
        case.take(step)
    settle(case.docs)
    return {
        "updates": [as_text(update) for update in case.made],
        "states": [state_of(doc) for doc in case.docs],
    }


def run_load(command):
    """What a fresh document becomes of updates."""
    doc = Doc(client_id=1, skip_gc=not command.get("gc", True))
    for update in command["updates"]:
        doc.apply_update(as_bytes(update))
    return state_of(doc)


def run_updates(command):
    """The functions that work on updates alone."""
    merged = pycrdt.merge_updates(*[as_bytes(update) for update in command["updates"]])
    answer = {"merged": as_text(merged), "vector": as_text(pycrdt.get_state(merged))}
    if "vector" in command:
        answer["diff"] = as_text(pycrdt.get_update(merged, as_bytes(command["vector"])))
    return answer


def run_edit(command):
    """What a client got, and edits on top of it: the update that the edits make."""
    case = Case([command])
    doc = case.docs[0]
    for update in command["updates"]:
        doc.apply_update(as_bytes(update))
    case.take({"who": 0, "edits": command["edits"]})
    made = as_text(case.made[0]) if case.made else None
    return {"update": made, **state_of(doc)}


COMMANDS = {"case": run_case, "load": run_load, "updates": run_updates, "edit": run_edit}


def answer(command):
    try:
        return COMMANDS[command["do"]](command)
    except BaseException as failure:  # A panic of Rust is no Exception.
        if isinstance(failure, (KeyboardInterrupt, SystemExit)):
            raise
        return {"error": f"{type(failure).__name__}: {failure}"}


for line in sys.stdin:
    print(json.dumps([answer(command) for command in json.loads(line)]), flush=True)
