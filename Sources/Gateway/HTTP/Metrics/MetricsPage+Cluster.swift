/// What a node of a cluster shows at `/metrics`.
extension MetricsPage {
    func describe(_ cluster: ClusterReading, _ text: inout PrometheusText) {
        let partitions = "martlet_cluster_partitions"
        text.header(partitions, "Partitions of the cluster's log, by state here.", "gauge")
        for (state, count) in cluster.partitions {
            text.sample(partitions, [("state", state)], String(count))
        }
        text.gauge(
            "martlet_cluster_lag_entries",
            "Entries of the cluster's log that this node has not archived yet.",
            cluster.lag
        )
        text.gauge("martlet_cluster_nodes", "Nodes that are alive.", cluster.nodes)
        text.gauge(
            "martlet_redis_serving",
            "1 when all slots are served.",
            cluster.isServing ? 1 : 0
        )
        if let seconds = cluster.probeSeconds {
            text.gauge(
                "martlet_redis_probe_seconds",
                "A message's way through Redis and back.",
                seconds: seconds
            )
        }
        let redis = "martlet_redis_events_total"
        text.header(redis, "What the client of Redis has counted.", "counter")
        for (what, count) in cluster.redis { text.sample(redis, [("what", what)], String(count)) }
    }
}
