import Hub
import TimeSeries

/// Which metrics a principal may see, asked once for each name.
struct StreamSight {
    private let door: any Door
    private let principal: Principal
    private var known: [String: Bool] = [:]

    init(door: any Door, principal: Principal) {
        self.door = door
        self.principal = principal
    }

    /// Whether there is no metric that is hidden.
    var seesAll: Bool { Self.isAllowed("{}", door, principal) }

    mutating func sees(_ labels: Labels) -> Bool {
        let name = labels.name ?? ""
        if let known = known[name] { return known }
        let isSeen = Self.isAllowed(name, door, principal)
        known[name] = isSeen
        return isSeen
    }

    private static func isAllowed(
        _ name: String,
        _ door: any Door,
        _ principal: Principal
    ) -> Bool {
        do throws(Rejection) {
            let topic = try TopicID(.stream, TopicID.escape(name))
            try door.admit("join", on: topic, for: principal)
            return true
        } catch {
            return false
        }
    }
}
