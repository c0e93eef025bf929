/// Writes every instrument in Prometheus' text format: what `/metrics` answers.
///
/// It is answered to clients on this machine and to tokens that grant `metrics` on `hub` by name. A
/// proxy on this machine that doesn't send `X-Forwarded-For` makes every client look local: let it
/// refuse the path.
struct MetricsPage {
    let instruments: Instruments
    var cluster: ClusterReading?

    func text() -> [UInt8] {
        var text = PrometheusText()
        connections(&text)
        traffic(&text)
        commands(&text)
        journal(&text)
        samples(&text)
        http(&text)
        if let cluster { describe(cluster, &text) }
        process(&text)
        return text.bytes
    }

    private func connections(_ text: inout PrometheusText) {
        text.gauges("martlet_connections", "Open connections.", instruments.connections)
        text.counter(
            "martlet_connections_accepted_total",
            "Connections accepted.",
            instruments.connectionsAccepted.value
        )
        text.counters(
            "martlet_connections_refused_total",
            "Connections refused, by reason.",
            instruments.connectionsRefused
        )
        text.gauges("martlet_sessions", "WebSocket sessions by dialect.", instruments.sessions)
        text.gauges("martlet_topics", "Topics in memory.", instruments.topics)
        text.gauge(
            "martlet_subscriptions",
            "Topics joined, over all sessions.",
            instruments.subscriptions.value
        )
        text.counters("martlet_closes_total", "Sessions closed, by code.", instruments.closes)
    }

    private func traffic(_ text: inout PrometheusText) {
        text.counter(
            "martlet_messages_received_total",
            "WebSocket messages received.",
            instruments.messagesReceived.value
        )
        text.counter(
            "martlet_messages_sent_total",
            "WebSocket messages sent.",
            instruments.messagesSent.value
        )
        text.counter(
            "martlet_received_bytes_total",
            "Bytes received from WebSockets.",
            instruments.bytesReceived.value
        )
        text.counter(
            "martlet_sent_bytes_total",
            "Bytes sent to WebSockets.",
            instruments.bytesSent.value
        )
        text.counter(
            "martlet_deliveries_total",
            "Events given to members.",
            instruments.deliveries.value
        )
        text.counter(
            "martlet_broadcasts_held_total",
            "Broadcasts to many that waited for the next, by loop.",
            instruments.broadcastsHeld.value
        )
        text.gauge("martlet_outbox_bytes", "Bytes in outboxes.", instruments.outboxBytes.value)
        text.gauge(
            "martlet_lagging_subscriptions",
            "Subscriptions whose reader is behind.",
            instruments.laggingSubscriptions.value
        )
        text.counter(
            "martlet_ephemeral_dropped_total",
            "Ephemeral events that slow readers did not get.",
            instruments.ephemeralDropped.value
        )
    }

    private func commands(_ text: inout PrometheusText) {
        text.counters("martlet_commands_total", "Commands by action.", instruments.commands)
        text.counters("martlet_rejections_total", "Refusals by code.", instruments.rejections)
        text.gauge(
            "martlet_topic_queue_commands",
            "Commands that wait for a turn.",
            instruments.topicQueueCommands.value
        )
        text.histogram("martlet_turn_seconds", "A topic's turn.", instruments.turnTime)
        text.histogram("martlet_turn_commands", "Commands of a turn.", instruments.turnCommands)
        text.histogram(
            "martlet_loop_turn_seconds",
            "Work of one turn of an event loop.",
            instruments.loopTurnTime
        )
    }

    private func journal(_ text: inout PrometheusText) {
        text.counter(
            "martlet_journal_records_total",
            "Records committed.",
            instruments.recordsCommitted.value
        )
        text.counter(
            "martlet_journal_failures_total",
            "Commits that failed.",
            instruments.commitFailures.value
        )
        text.histogram("martlet_journal_commit_seconds", "A commit.", instruments.commitTime)
        text.histogram(
            "martlet_journal_commit_records",
            "Records of a commit.",
            instruments.commitRecords
        )
        text.gauge(
            "martlet_journal_queue_records",
            "Records that wait for a commit.",
            instruments.journalQueueRecords.value
        )
    }

    private func samples(_ text: inout PrometheusText) {
        let ingest = instruments.ingest
        text.counters("martlet_samples_total", "Samples taken, by source.", ingest.accepted)
        text.counter(
            "martlet_samples_duplicate_total",
            "Samples that were there already.",
            ingest.duplicates.value
        )
        text.counters("martlet_samples_refused_total", "Samples refused.", ingest.refused)
        text.counters(
            "martlet_samples_malformed_total",
            "Requests whose samples could not be read.",
            ingest.malformed
        )
        text.counters("martlet_scrapes_total", "Scrapes of targets.", ingest.scrapes)
        text.counters("martlet_statsd_lines_total", "Lines of StatsD.", ingest.statsDLines)
    }

    private func http(_ text: inout PrometheusText) {
        let requests = "martlet_http_requests_total"
        text.header(requests, "HTTP requests by route, method and status.", "counter")
        for seen in instruments.http.requestsSeen {
            let labels = [
                ("route", seen.route), ("method", seen.method), ("status", seen.status),
            ]
            text.sample(requests, labels, String(seen.count))
        }
        let times = "martlet_http_request_seconds"
        text.header(times, "HTTP requests until their response was written.", "histogram")
        for seen in instruments.http.timesSeen {
            text.buckets(times, [("route", seen.route)], seen.histogram)
        }
        let bytes = "martlet_http_bytes_total"
        text.header(bytes, "HTTP bytes by direction.", "counter")
        text.sample(bytes, [("direction", "in")], "\(instruments.httpBytesIn.value)")
        text.sample(bytes, [("direction", "out")], "\(instruments.httpBytesOut.value)")
    }

    private func process(_ text: inout PrometheusText) {
        let reading = ProcessReading()
        text.gauge(
            "process_resident_memory_bytes",
            "Resident memory size in bytes.",
            reading.residentBytes
        )
        text.gauge(
            "process_virtual_memory_bytes",
            "Virtual memory size in bytes.",
            reading.virtualBytes
        )
        text.gauge("process_open_fds", "Open file descriptors.", reading.openDescriptors)
        text.gauge("process_max_fds", "Most open file descriptors.", reading.descriptorsMaximum)
        text.gauge("process_threads", "Threads.", reading.threads)
        text.counter(
            "process_cpu_seconds_total",
            "User and system CPU time in seconds.",
            seconds: reading.cpuSeconds
        )
        text.gauge(
            "process_start_time_seconds",
            "Start time in seconds since 1970.",
            seconds: reading.startSeconds
        )
        text.header("martlet_build_info", "The version that runs.", "gauge")
        text.sample("martlet_build_info", [("version", instruments.version)], "1")
    }
}
