import Hub

@testable import Cluster

/// Looks whether every node has what was promised, once and in one order.
struct Inspection {
    let world: World
    let ledger: Ledger

    func failures() async -> [String] {
        var failures: [String] = []
        var logs: [TopicID: [Record]] = [:]
        do {
            for topic in world.plan.topics {
                for name in world.names {
                    guard let copy = world.copies[name] else { continue }
                    let records = try await copy.read(topic, after: 0, limit: .max)
                    if let first = logs[topic], first != records {
                        failures.append("\(name) has another order of \(topic) than others")
                    }
                    logs[topic] = records
                    failures += await epochs(of: topic, in: copy, name)
                }
            }
        } catch {
            failures.append("A copy can't be read: \(error)")
        }
        for (topic, records) in logs.sorted(by: { $0.key.text < $1.key.text }) {
            failures += self.failures(in: records, of: topic)
        }
        failures += missing(from: logs)
        for name in world.names {
            let mistold = world.process(name)?.mistold ?? []
            if !mistold.isEmpty {
                failures.append("\(name)'s topics were told wrongly: \(mistold)")
            }
        }
        return failures
    }

    private func epochs(
        of topic: TopicID,
        in copy: InMemoryJournal,
        _ name: String
    ) async -> [String] {
        guard let head = try? await copy.head(of: topic), head.offset > 0 else { return [] }
        let stream = world.server.stream(of: Partition(of: topic))
        var failures: [String] = []
        if head.epoch != stream?.place?.epoch {
            failures.append("\(name) has \(topic) in another epoch than the log")
        }
        if head.offset != stream?.heads[topic] {
            failures.append("\(name) has \(topic)'s head elsewhere than the log")
        }
        return failures
    }

    private func failures(in records: [Record], of topic: TopicID) -> [String] {
        var failures: [String] = []
        if records.map(\.offset) != records.indices.map({ Offset($0 + 1) }) {
            failures.append("Offsets in \(topic) are not dense")
        }
        let ids = Dictionary(grouping: records, by: \.id).filter { $1.count > 1 }.keys
        if !ids.isEmpty { failures.append("Doubled in \(topic): \(ids.sorted())") }
        let keys = Dictionary(grouping: records.filter { $0.key != nil }) {
            "\($0.author) \($0.key ?? "")"
        }.filter { $1.count > 1 }.keys
        if !keys.isEmpty { failures.append("Keys used twice in \(topic): \(keys.sorted())") }
        var last = RecordID(0)
        for record in records {
            let expected = String(decoding: record.payload, as: UTF8.self)
            if expected.hasPrefix("behind "), expected != "behind \(last)",
                !world.server.returned.contains(record.id)
            {
                failures.append("\(record.id) in \(topic) is behind \(last), not \(expected)")
            }
            last = record.id
        }
        return failures
    }

    private func missing(from logs: [TopicID: [Record]]) -> [String] {
        let ids = logs.mapValues { Set($0.map(\.id)) }
        let keys = logs.mapValues { Set($0.map { "\($0.author) \($0.key ?? "")" }) }
        let lost = ledger.records.filter { ids[$0.1]?.contains($0.0) != true }.map { "\($0.0)" }
        let lostKeys = ledger.keys.filter {
            keys[$0.topic]?.contains("\($0.author) \($0.key)") != true
        }.map(\.key)
        let all = lost + lostKeys
        return all.isEmpty ? [] : ["Acknowledged and lost: \(all.sorted())"]
    }
}
