"""cramjam and prometheus_client, asked over standard input: a request is a line of JSON with a list
of commands, and so is the answer. Bytes are base64."""

import base64
import json
import struct
import sys

import cramjam
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    Summary,
    generate_latest,
    openmetrics,
)
from prometheus_client.openmetrics.exposition import generate_latest as generate_openmetrics
from prometheus_client.openmetrics.parser import (
    text_string_to_metric_families as read_openmetrics,
)
from prometheus_client.parser import text_string_to_metric_families as read_text
from prometheus_client.utils import floatToGoString

assert openmetrics


def as_bytes(text):
    return base64.b64decode(text)


def as_text(data):
    return base64.b64encode(bytes(data)).decode()


def bits(value):
    return "nan" if value != value else struct.pack(">d", value).hex()


def labels_of(sample):
    labels = dict(sample.labels)
    if sample.name.endswith("_bucket") and "le" in labels:
        labels["le"] = floatToGoString(labels["le"])
    return {name: value for name, value in labels.items() if value}


def milliseconds(time, format):
    if time is None:
        return None
    return round(float(time) * 1000)


def parse(command):
    reader = read_openmetrics if command["format"] == "openmetrics" else read_text
    families = list(reader(command["text"]))
    return {
        "samples": [
            {
                "name": sample.name,
                "labels": labels_of(sample),
                "bits": bits(float(sample.value)),
                "at": milliseconds(sample.timestamp, command["format"]),
            }
            for family in families
            for sample in family.samples
        ],
        "families": [
            {
                "name": family.name,
                "type": family.type,
                "help": family.documentation,
                "unit": family.unit,
            }
            for family in families
        ],
    }


def compress(command):
    return {"data": as_text(cramjam.snappy.compress_raw(as_bytes(command["data"])))}


def decompress(command):
    return {"data": as_text(cramjam.snappy.decompress_raw(as_bytes(command["data"])))}


KINDS = {"counter": Counter, "gauge": Gauge, "histogram": Histogram, "summary": Summary}


def feed(metric, kind, value):
    if kind == "counter":
        metric.inc(abs(value))
    elif kind == "gauge":
        metric.set(value)
    else:
        metric.observe(value)


def expose(command):
    """What a program with these metrics shows, and what it is in its own words."""
    registry = CollectorRegistry()
    for spec in command["metrics"]:
        names = spec["names"]
        if spec["kind"] == "info":
            Info(spec["name"], spec["help"], registry=registry).info({"version": spec["help"]})
            continue
        metric = KINDS[spec["kind"]](
            spec["name"], spec["help"], names, unit=spec["unit"], registry=registry
        )
        for values, number in spec["values"]:
            feed(metric.labels(*values) if names else metric, spec["kind"], number)
    generate = generate_openmetrics if command["format"] == "openmetrics" else generate_latest
    text = generate(registry).decode()
    return {"text": text, **parse({"format": command["format"], "text": text})}


COMMANDS = {"parse": parse, "compress": compress, "decompress": decompress, "expose": expose}


def answer(command):
    try:
        return COMMANDS[command["do"]](command)
    except BaseException as failure:  # A panic of Rust is no Exception.
        if isinstance(failure, (KeyboardInterrupt, SystemExit)):
            raise
        return {"error": f"{type(failure).__name__}: {failure}"}


for line in sys.stdin:
    print(json.dumps([answer(command) for command in json.loads(line)]), flush=True)
