import Hub
import TimeSeries

/// Which metrics a client may write: `push` on `stream:<name>`, looked up once for each name.
struct PushGrants: Sendable {
    private let grants: Grants
    /// Every name is granted: nothing has to be looked up.
    private let coversAll: Bool
    private var known: [String: Bool] = [:]

    init(_ grants: Grants) {
        self.grants = grants
        coversAll = grants.rules.contains { rule in
            (rule.actions.contains("push") || rule.actions.contains("*"))
                && (rule.pattern == "*" || rule.pattern == "stream:*")
        }
    }

    mutating func allow(_ labels: RawSpan) -> Bool {
        if coversAll { return true }
        guard let name = MetricName.text(of: labels) else { return false }
        return allow(name: name)
    }

    mutating func allow(name: String) -> Bool {
        if coversAll { return true }
        if let answer = known[name] { return answer }
        let answer = grants.allow("push", on: "stream:" + name)
        known[name] = answer
        return answer
    }
}
