# What one does with Martlet. `make` alone lists it.

SHELL := /bin/bash
RELEASE := .build/release/martlet
BUILD_PACKAGES := libssl-dev libhiredis-dev libsqlite3-dev zlib1g-dev pkgconf
TEST_PACKAGES := python3-venv nginx=nginx chromium=chromium node=nodejs openssl=openssl \
	prometheus=prometheus promtool=prometheus redis-server=redis-server redis-cli=redis-tools \
	node-yjs node-lib0 node-y-protocols node-y-websocket node-ws libjs-chart.js
LINT_PACKAGES := shellcheck=shellcheck promtool=prometheus nginx=nginx python3-venv
BENCH_PACKAGES := nats-server=nats-server nginx=nginx libnginx-mod-nchan \
	prometheus=prometheus redis-server=redis-server redis-cli=redis-tools
BENCH := .build/release/martlet-load bench --binary $(RELEASE)
PYTHON := .build-tests/venv/bin/python
SWIFT_FOLDERS = $(wildcard Sources Tests loadtest)

.DEFAULT_GOAL := help
.PHONY: help run release test faults cluster bench bench-shop bench-metrics bench-cluster \
	bench-docs conformance fuzz format lint clean packages

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 20

run: release ## build a release and serve on http://127.0.0.1:8000, with the data in ./data
	$(RELEASE) serve --host 127.0.0.1 --port 8000 --data ./data

release: packages ## build the release: .build/release/martlet
	swift build -c release

test: packages ## run every test: STEPS="swift websockets yjs prometheus cluster node browser" chooses
	@.ci/packages $(TEST_PACKAGES)
	@.ci/test $(STEPS)

faults: packages ## break a cluster in all ways, about 20 minutes: ARGUMENTS="--seed N --only NAME…"
	@.ci/packages redis-server=redis-server redis-cli=redis-tools python3-venv libfaketime
	swift build --product martlet
	@.ci/python Tests/Cluster/run.py --binary .build/debug/martlet --all $(ARGUMENTS)

cluster: release ## serve as three nodes on a Redis Cluster of six, for trying: Ctrl-C ends it
	@.ci/packages redis-server=redis-server redis-cli=redis-tools python3-venv
	@.ci/python Tests/Cluster/serve.py --binary $(RELEASE) $(ARGUMENTS)

bench: release ## measure against the bars, beside the peers: ARGUMENTS="…" go to martlet-load
	@.ci/packages $(BENCH_PACKAGES)
	$(BENCH) $(ARGUMENTS)

bench-shop: release ## buy and order against the bars
	$(BENCH) --only buy --only checkout $(ARGUMENTS)

bench-metrics: release ## write, query and watch metric streams, beside prometheus
	@.ci/packages prometheus=prometheus
	$(BENCH) --only ingest --only query --only watch $(ARGUMENTS)

bench-cluster: release ## run three and six nodes on one Redis against the bars
	@.ci/packages redis-server=redis-server redis-cli=redis-tools
	$(BENCH) --only relay --only spread --only hot --only wide --only catchup --only failover \
		--only multitude $(ARGUMENTS)

bench-docs: release ## type in documents, beside y-websocket's server: ARGUMENTS="…" go to martlet-load
	@.ci/packages node=nodejs node-y-websocket node-ws
	.build/release/martlet-load docs --binary $(RELEASE) --peer $(ARGUMENTS)
	.build/release/martlet-load docs --binary $(RELEASE) --peer --documents 1 --editors 500 \
		--letters 200 $(ARGUMENTS)

conformance: release ## run Autobahn|Testsuite: CASES="1.* 9.1.*" chooses
	python3 Tests/Conformance/autobahn/run.py --binary $(RELEASE) --cases "$(CASES)"

fuzz: packages ## fuzz what is decoded from strangers, guided by coverage: SECONDS=60 bounds it
	@Tests/Fuzz/run $(SECONDS)

format: ## format the Swift sources in place
	swift format --in-place --recursive --parallel $(SWIFT_FOLDERS)

lint: ## check the format, the scripts and deploy/
	@.ci/packages $(LINT_PACKAGES)
	@.ci/lint $(SWIFT_FOLDERS)

clean: ## remove what was built, not ./data
	rm -rf .build .build-tests .build-conformance

packages:
	@.ci/packages swift=swift $(BUILD_PACKAGES)
