/// A file that may break a rule, and why. The list may only shrink: one that is not needed fails.
struct Exception: Sendable {
    let rule: Rule
    let path: String
    let reason: String

    static let all: [Exception] = [
        Exception(
            rule: .looseTask,
            path: "Sources/Gateway/Admission/PublishedKeys.swift",
            reason: "Single flight: everyone who asks meanwhile waits for the one reading."
        ),
        Exception(
            rule: .looseTask,
            path: "Sources/Gateway/Sessions/Identification.swift",
            reason: "A loop's callback can't wait; its session identifies one at a time."
        ),
        Exception(
            rule: .looseTask,
            path: "Sources/Gateway/Sessions/Subscription.swift",
            reason: "A loop's callback can't wait; a subscription reads one page at a time."
        ),
        Exception(
            rule: .looseTask,
            path: "Sources/Hub/Topics/Router.swift",
            reason: "A question comes from a loop that can't wait; readers bound how many run."
        ),
        Exception(
            rule: .looseTask,
            path: "Sources/Hub/Topics/Topic.swift",
            reason: "One task per run of turns, begun by a loop that can't wait for the journal."
        ),
        Exception(
            rule: .looseTask,
            path: "Sources/Hub/Topics/Topic+Load.swift",
            reason: "A snapshot is a convenience: nobody waits for it, and it logs its failure."
        ),
        Exception(
            rule: .looseTask,
            path: "Sources/Hub/Topics/Topic+Turn.swift",
            reason: "The next turn is decided while this one's append is under way."
        ),
        Exception(
            rule: .looseTask,
            path: "Sources/Hub/Topics/Topic+TurnEnd.swift",
            reason: "The turn goes on while a repeated key's first record is looked up."
        ),
        Exception(
            rule: .looseTask,
            path: "Sources/Hub/Metrics/StreamView.swift",
            reason: "One task per run of work, begun by a loop that can't wait for the shards."
        ),
        Exception(
            rule: .sleep,
            path: "Sources/Hub/Metrics/MetricKeeper.swift",
            reason: "One task for the process puts samples away every two seconds, on no loop."
        ),
        Exception(
            rule: .sleep,
            path: "Sources/Hub/Topics/Sweeper.swift",
            reason: "One task for the process looks for what is due every second, on no loop."
        ),
        Exception(
            rule: .sleep,
            path: "Sources/Gateway/Ingest/Collecting/Collector.swift",
            reason: "One task for the process reads the machine every second, on no loop."
        ),
        Exception(
            rule: .sleep,
            path: "Sources/Gateway/Ingest/Scraping/Scraper.swift",
            reason: "A task for each target, of which there are few, and on no loop."
        ),
        Exception(
            rule: .sleep,
            path: "Sources/Gateway/Ingest/StatsD/StatsDListener.swift",
            reason: "One task for the process flushes every ten seconds, on no loop."
        ),
        Exception(
            rule: .sleep,
            path: "Sources/Gateway/Accept/Entrance.swift",
            reason: "The drain, once in the life of the process, watches its links end."
        ),
        Exception(
            rule: .sleep,
            path: "Sources/Gateway/Admission/Admission+Keys.swift",
            reason: "One service reads the key set every few minutes, on no loop."
        ),
        Exception(
            rule: .sleep,
            path: "Sources/Cluster/Log/Clockwork.swift",
            reason: "The one place where the log's logic waits; a simulation puts its own there."
        ),
        Exception(
            rule: .looseTask,
            path: "Sources/Cluster/Log/Clockwork.swift",
            reason: "The one place where the log's logic begins work that it doesn't wait for."
        ),
        Exception(
            rule: .sleep,
            path: "Sources/Cluster/Nodes/NodeRegistry.swift",
            reason: "One task for the process renews the node's lease every two seconds."
        ),
        Exception(
            rule: .sleep,
            path: "Sources/Martlet/Assembly/ClusterLink.swift",
            reason: "Redis is waited for once, at the start, before anything is served."
        ),
        Exception(
            rule: .looseTask,
            path: "Sources/Martlet/Assembly/EndableWork.swift",
            reason: "A handle, so that stop() can end what run() waits for before the store closes."
        ),
        Exception(
            rule: .looseTask,
            path: "Sources/Martlet/Assembly/OneTimeWork.swift",
            reason: "Begun by a handler that may not wait; its value is awaited elsewhere."
        ),
        Exception(
            rule: .looseTask,
            path: "Sources/Martlet/Assembly/Signals.swift",
            reason: "Listens for the second signal after the service that began it has ended."
        ),
        Exception(
            rule: .sleep,
            path: "Sources/Martlet/Assembly/Upkeep.swift",
            reason: "One task for the process wakes every five seconds, on no loop."
        ),
    ]
}
