/// Where a user sees what happens to all of their orders, `orders:<user>`, and staff to everyone's,
/// `orders:~all`: nothing is stored here.
///
/// Orders show their changes to it as they happen. What was before is in the archive; who has
/// missed something sees it by `seq`.
package struct OrderFeed: Ledger {
    /// Nothing happens here.
    package enum Happening: Event {
        package var type: String { switch self {} }

        package func payload() -> [UInt8] { switch self {} }

        package init?(type: String, payload: [UInt8]) { nil }
    }

    private let topic: TopicID

    package init(topic: TopicID) {
        self.topic = topic
    }

    package init?(topic: TopicID, snapshot: [UInt8]) { nil }

    package func snapshot() -> [UInt8] { [] }

    package static var savesWhenRetired: Bool { false }

    /// All that can be asked is whether one may listen.
    package static func command(_ action: String, _ fields: JSON) throws(Rejection) {
        guard action == "access" else {
            throw Rejection(.unknownAction, "That topic has no such action.")
        }
    }

    package func needs(_ command: Void) -> [RecordID] { [] }

    package mutating func learn(_ facts: [Never]) {}

    package mutating func settle() {}

    package func decide(
        _ command: Void,
        _ request: Request
    ) throws(Rejection) -> Decision<Happening> {
        let mayListen =
            topic == .everyOrder
            ? request.principal.managesEveryOrder : request.principal.user == topic.owner
        guard mayListen else {
            throw Rejection(.notFound, "There is no such topic, or it is not yours to see.")
        }
        return Decision()
    }

    package mutating func apply(
        _ event: Happening,
        id: RecordID,
        author: String,
        at: Timestamp
    ) {}

    package static let causes: [String: Set<String>] = [:]

    package static func reply(repeating record: Record) -> JSON { .object([]) }
}
