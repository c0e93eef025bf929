import Cluster
import Gateway

/// What makes a hub a node of a cluster.
extension SettingsTable {
    static let cluster: [Setting] = [
        .one(
            "cluster.redis",
            \.cluster.redis,
            "an address like redis://[user:password@]host:port[,host:port…], rediss://… or"
                + " redis+sentinel://host:port/master",
            "The Redis that the nodes of a cluster share; empty for a hub of one node.",
            isSecret: true,
            read: { text in
                text.isEmpty ? .some(nil) : RedisPlace(text).map { .some($0) }
            },
            write: { $0.map { "\($0)" } ?? "" }
        ),
        .one(
            "cluster.node",
            \.cluster.node,
            "1 to 64 letters, digits, dots, dashes or underscores",
            "This node's name in the cluster; the host's name if none is given.",
            read: { text in
                text.isEmpty ? .some(nil) : NodeName(text).map { .some($0) }
            },
            write: { $0?.description ?? "" }
        ),
        .one(
            "cluster.advertise",
            \.cluster.advertise,
            "an address like http://10.0.0.7:8000",
            "Where the other nodes of the cluster reach this one.",
            read: { text in
                text.isEmpty || text.hasPrefix("http://") || text.hasPrefix("https://")
                    ? text : nil
            },
            write: { $0 }
        ),
        .one(
            "cluster.prefix",
            \.cluster.prefix,
            "1 to 64 letters, digits, dots, dashes or underscores",
            "What all keys and channels in Redis begin with.",
            read: { NodeName($0)?.description },
            write: { $0 }
        ),
        .one(
            "cluster.secret",
            \.cluster.secret,
            "a text",
            "What the nodes of the cluster know each other by; 32 bytes or more.",
            isSecret: true,
            read: { Secret($0) },
            write: { "\($0)" }
        ),
        .number(
            "cluster.kept",
            \.cluster.kept,
            16...10_000_000,
            "Entries that each partition's log in Redis keeps for nodes that were away."
        ),
        .text(
            "cluster.trust",
            \.cluster.trust,
            "A PEM file with the authorities that Redis's certificate is checked against."
        ),
    ]
}
