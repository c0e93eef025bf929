/// What in the servers' own settings would cost data, in sentences for whoever runs them.

extension RedisClient {
    /// Asks every node that is known. Not for hot paths.
    package nonisolated(nonsending) func settingsWarnings() async -> [String] {
        var warnings: [String] = []
        for node in condition.nodes {
            let report = await SettingsReport(of: node.endpoint, from: self)
            warnings += report.warnings.map { "\(node.endpoint): \($0)" }
        }
        return warnings
    }
}

/// What one server has been told by its configuration.
private struct SettingsReport {
    private var settings: [String: String] = [:]
    private var refusal: RedisError?
    private var replicas = 0

    nonisolated(nonsending) init(of endpoint: RedisEndpoint, from client: RedisClient) async {
        for name in ["appendonly", "maxmemory-policy", "min-replicas-to-write"] {
            do throws(RedisError) {
                let command = ["CONFIG", "GET", name].map { Array($0.utf8) }
                let answer = try await client.send(RedisCommand(command, to: .node(endpoint)))
                if let values = answer.array, values.count == 2 {
                    settings[name] = values[1].text
                }
            } catch {
                refusal = error
            }
        }
        let question = ["INFO", "replication"].map { Array($0.utf8) }
        let command = RedisCommand(question, to: .node(endpoint))
        if let text = try? await client.send(command).text {
            replicas = ServerReport(text)["connected_slaves"].flatMap { Int($0) } ?? 0
        }
    }

    var warnings: [String] {
        if let refusal { return ["its settings could not be looked at: \(refusal)"] }
        var warnings: [String] = []
        if settings["appendonly"] == "no" {
            warnings.append(
                "appendonly is no: what Redis has acknowledged is lost when it is restarted"
            )
        }
        if let policy = settings["maxmemory-policy"], policy != "noeviction" {
            warnings.append(
                "maxmemory-policy is \(policy): Redis may throw the log away when memory is short"
            )
        }
        if replicas > 0, settings["min-replicas-to-write"] == "0" {
            warnings.append(
                "min-replicas-to-write is 0 although there are replicas: a master that is cut off "
                    + "goes on acknowledging what is lost when a replica takes over"
            )
        }
        return warnings
    }
}
