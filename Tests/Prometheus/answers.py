"""Asks Prometheus' API of anyone, and compares what two of them answer."""

import json
import math
import urllib.error
import urllib.parse
import urllib.request

# Sums of the same numbers in another order.
TOLERANCE = 1e-9


def ask(url, path, parameters=()):
    """The data of a successful answer; the error otherwise, as text."""
    query = urllib.parse.urlencode(parameters, doseq=True)
    request = f"{url}/api/v1/{path}?{query}"
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)["data"]
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.read().decode(errors='replace')}"


def instant(url, expression, at):
    return ask(url, "query", {"query": expression, "time": f"{at:.3f}"})


def over(url, expression, start, end, step):
    return ask(url, "query_range", {
        "query": expression, "start": f"{start:.3f}", "end": f"{end:.3f}", "step": step})


def is_same_number(one, other):
    if one == other:
        return True
    one, other = float(one), float(other)
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return math.isclose(one, other, rel_tol=TOLERANCE)


def samples(result):
    """Samples by labels, whatever the kind of the result."""
    if isinstance(result, str):
        return result
    if result["resultType"] in ("scalar", "string"):
        return {"": [result["result"]]}
    return {
        json.dumps(series["metric"], sort_keys=True):
            series["values"] if "values" in series else [series["value"]]
        for series in result["result"]
    }


def difference(ours, theirs):
    """The first thing that differs, as a sentence; None when the answers are the same."""
    ours, theirs = samples(ours), samples(theirs)
    if isinstance(ours, str) or isinstance(theirs, str):
        return f"an error: ours {str(ours)[:200]}, theirs {str(theirs)[:200]}"
    if ours.keys() != theirs.keys():
        return (f"other series: only ours {sorted(ours.keys() - theirs.keys())[:3]}, "
                f"only theirs {sorted(theirs.keys() - ours.keys())[:3]}")
    for labels, values in ours.items():
        if [at for at, _ in values] != [at for at, _ in theirs[labels]]:
            return f"other times of {labels}: ours {values[:30]}, theirs {theirs[labels][:30]}"
        for (at, one), (_, other) in zip(values, theirs[labels]):
            if not is_same_number(one, other):
                return f"{labels} at {at}: ours {one}, theirs {other}"
    return None
