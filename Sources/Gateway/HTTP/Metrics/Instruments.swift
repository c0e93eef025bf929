import Hub

/// Everything that the hub counts: shown at `/metrics`, incremented where it happens.
///
/// Each use is one or two relaxed atomic additions; on a hot path, once per batch.
package final class Instruments: Sendable {
    // MARK: - Connections and sessions

    /// Connections by what serves them at the moment.
    package let connections = Family(label: "plane", values: ["websocket", "http"]) { Gauge() }
    package let connectionsAccepted = Counter()
    package let connectionsRefused = Family(
        label: "reason",
        values: ["total", "address", "user", "origin", "host", "token", "head", "draining"]
    ) { Counter() }
    package let sessions = Family(
        label: "dialect",
        values: ["native", "y-websocket", "hocuspocus", "socket.io", "automerge-repo"]
    ) { Gauge() }
    package let topics = Family(
        label: "kind",
        values: TopicKind.allCases.map(\.rawValue)
    ) { Gauge() }
    /// One per session and topic that it has joined.
    package let subscriptions = Gauge()
    package let closes = Family(
        label: "code",
        values: [
            "1000", "1001", "1002", "1003", "1005", "1006", "1007", "1009", "1011", "4000", "4001",
            "4002", "4003", "4004", "4005", "4500", "4501", "4502", "4503", "4504", "4505", "4506",
        ]
    ) { Counter() }

    // MARK: - Messages and deliveries

    package let messagesReceived = Counter()
    package let messagesSent = Counter()
    package let bytesReceived = Counter()
    package let bytesSent = Counter()
    /// Events given to members: a broadcast to a thousand counts a thousand.
    package let deliveries = Counter()
    /// Broadcasts that waited for the next, by loop: see `BroadcastPace`.
    package let broadcastsHeld = Counter()
    package let outboxBytes = Gauge()
    package let laggingSubscriptions = Gauge()
    package let ephemeralDropped = Counter()

    // MARK: - Commands

    package let commands = Family(
        label: "action",
        values: CommandCatalogue.actions
    ) { Counter() }
    package let rejections = Family(
        label: "code",
        values: RejectionCode.allCases.map(\.rawValue)
    ) { Counter() }

    // MARK: - Topics and the journal

    package let turnTime = Histogram.seconds()
    package let turnCommands = Histogram.sizes()
    package let recordsCommitted = Counter()
    package let commitFailures = Counter()
    package let commitTime = Histogram.seconds()
    package let commitRecords = Histogram.sizes()
    /// Records that wait for the journal's writer.
    package let journalQueueRecords = Gauge()
    /// Commands that wait for their topics' turns.
    package let topicQueueCommands = Gauge()

    // MARK: - Samples

    package let ingest = IngestInstruments()

    // MARK: - Loops

    package let loopTurnTime = Histogram.seconds()

    // MARK: - HTTP

    package let http: HTTPInstruments
    let httpBytesIn = Counter()
    let httpBytesOut = Counter()

    package let version: String

    /// - Parameter version: What `martlet_build_info` says.
    package init(version: String) {
        self.version = version
        http = HTTPInstruments(routes: RouteTable.all.map(\.template))
    }

    /// What was answered before it became a request.
    func httpRefused(status: Int) {
        http.count(route: nil, method: "none", status: status)
    }
}
