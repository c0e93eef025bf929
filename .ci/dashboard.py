#!/usr/bin/env python3
"""Checks a Grafana dashboard: panels that overlap, queries that promtool can't parse.

    dashboard.py deploy/grafana-dashboard.json
"""

import itertools
import json
import subprocess
import sys
import tempfile

# Grafana puts these in; PromQL alone does not know them.
VARIABLES = {"$__rate_interval": "5m", "$instance": ".*"}


def expressions(dashboard):
    for panel in dashboard["panels"]:
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"]
    for annotation in dashboard["annotations"]["list"]:
        yield annotation["name"], annotation["expr"]


def overlaps(one, other):
    a, b = one["gridPos"], other["gridPos"]
    return (
        a["x"] < b["x"] + b["w"] and b["x"] < a["x"] + a["w"]
        and a["y"] < b["y"] + b["h"] and b["y"] < a["y"] + a["h"]
    )


def faults_of_layout(panels):
    ids = [panel["id"] for panel in panels]
    if len(set(ids)) != len(ids):
        yield "two panels have one id"
    for one, other in itertools.combinations(panels, 2):
        if overlaps(one, other):
            yield f"{one['title']} lies over {other['title']}"
    for panel in panels:
        if panel["gridPos"]["x"] + panel["gridPos"]["w"] > 24:
            yield f"{panel['title']} is wider than the page"
        if panel["type"] != "row" and not panel.get("targets"):
            yield f"{panel['title']} asks for nothing"


def fault_of_queries(dashboard):
    """Hands all queries to promtool as recording rules, which parses them."""
    rules = []
    for number, (_, expression) in enumerate(expressions(dashboard)):
        for name, value in VARIABLES.items():
            expression = expression.replace(name, value)
        rules.append({"record": f"query:{number}", "expr": expression})
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        json.dump({"groups": [{"name": "dashboard", "rules": rules}]}, file)
        file.flush()
        promtool = subprocess.run(
            ["promtool", "check", "rules", file.name], capture_output=True, text=True
        )
    return promtool.stdout + promtool.stderr if promtool.returncode else None


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        dashboard = json.load(file)
    faults = list(faults_of_layout(dashboard["panels"]))
    if fault := fault_of_queries(dashboard):
        faults.append(fault)
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
