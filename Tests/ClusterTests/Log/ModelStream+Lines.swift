import Hub

@testable import Cluster

extension ModelStream {
    /// Who stands in line at a topic, and until when it is the first one's turn.
    struct Line {
        var nodes: [String] = []
        var ends: Int64 = 0

        /// Takes the last place, unless it has one; says how many are ahead.
        mutating func join(_ node: String, next: Int64) -> Int {
            if let place = nodes.firstIndex(of: node) { return place }
            nodes.append(node)
            if nodes.count == 1 { ends = next }
            return nodes.count - 1
        }

        /// The first one has had its turn.
        mutating func step(from node: String, next: Int64) {
            guard nodes.first == node else { return }
            nodes.removeFirst()
            ends = next
        }
    }

    func line(at topic: TopicID, _ settings: Settings, at now: Int64) -> Line {
        var line = lines[topic] ?? Line()
        if !line.nodes.isEmpty, now >= line.ends || now + settings.turn < line.ends {
            line.nodes.removeFirst()
            line.ends = now + settings.turn
        }
        return line
    }

    mutating func leave(
        _ topic: TopicID,
        _ node: String,
        _ settings: Settings,
        at now: Int64
    ) {
        var line = self.line(at: topic, settings, at: now)
        line.step(from: node, next: now + settings.turn)
        line.nodes.removeAll { $0 == node }
        lines[topic] = line.nodes.isEmpty ? nil : line
    }
}
