/// What a topic remembers, and how it decides: the value inside a topic actor.
///
/// A ledger does no I/O and has no clock or randomness of its own: times and ids come in with the
/// request. Its state is what the topic's records say and nothing else, so that it can be loaded.
package protocol Ledger: SendableMetatype {
    associatedtype Command: Sendable
    associatedtype Fact: Sendable
    associatedtype Happening: Event

    /// An empty topic.
    init(topic: TopicID)

    /// The state a snapshot holds; nil when it can't be read, and then all records are.
    init?(topic: TopicID, snapshot: [UInt8])

    func snapshot() -> [UInt8]

    /// Reads a command of the native protocol: its action and all its fields.
    static func command(_ action: String, _ fields: JSON) throws(Rejection) -> Command

    /// What the commands of a turn need to know that isn't held in memory, as keys to fetch.
    func needs(_ command: Command) -> [RecordID]

    /// Takes the fetched facts in for this turn.
    mutating func learn(_ facts: [Fact])

    /// Decides one command against the state as it is, and changes nothing.
    func decide(_ command: Command, _ request: Request) throws(Rejection) -> Decision<Happening>

    /// Takes an event in. `id`, `author` and `at` are those of its record.
    mutating func apply(_ event: Happening, id: RecordID, author: String, at: Timestamp)

    /// The types of records that a command of that action can have begun with: a key that finds
    /// another kind was used for another command. Has all that stores something, and no question.
    static var causes: [String: Set<String>] { get }

    /// The same with the record, for slices of which many actions make one type.
    static func canCause(_ action: String, _ record: Record) -> Bool

    /// The reply to a command whose key was used before: made from the first record.
    static func reply(repeating record: Record) -> JSON

    /// Called when a turn has ended: facts learnt for it may be forgotten.
    mutating func settle()

    /// Adds to a reply what only shows once its events are applied.
    func complete(_ decision: inout Decision<Happening>, at: Timestamp)

    /// Whether records that a snapshot covers are forgotten.
    static var forgetsRecords: Bool { get }

    /// Whether order decides, so that a turn may only be stored on the very state that it was
    /// decided on, whoever else writes to the topic.
    static var isOrdered: Bool { get }

    /// Whether a command makes something else each time, of which the state has parts that nobody
    /// will ever store if it turns out to have been carried out before. What is decided on such a
    /// state would wait for them for ever: so a turn goes no further than such a command with a
    /// key, and it is never decided behind another key.
    static func isMadeAnew(_ command: Command) -> Bool

    /// Whether it makes no difference to the state if the event comes before or after others that
    /// say the same of themselves: then nodes need not wait for each other's order.
    static func commutes(_ event: Happening) -> Bool

    /// The types of events that end memberships.
    static var excludingTypes: Set<String> { get }

    /// Whose memberships the event ends, where another node has decided it.
    static func exclusion(by event: Happening) -> Exclusion?

    /// Whether members are shown what is the case, in the answer to their join and as it changes,
    /// and not the records: for stock, of which the newest is enough.
    static var isState: Bool { get }

    /// What the turn that was just decided changes for those who watch; shown once it is stored.
    mutating func takeNews(at: Timestamp) -> [Ephemeral]

    /// Whether it is time for a snapshot, so many records after the last one; nil leaves it to the
    /// topics' settings.
    func isSnapshotDue(records: Int, at: Timestamp) -> Bool?

    mutating func noteSnapshot(bytes: Int, at: Timestamp)

    /// How long a topic that nobody uses stays loaded; nil leaves it to the topics' settings.
    static var idleAfter: Duration? { get }

    /// Whether a topic that is no longer used leaves a snapshot: not where a few records are all.
    static var savesWhenRetired: Bool { get }
}

extension Ledger {
    package func complete(_ decision: inout Decision<Happening>, at: Timestamp) {}

    package static var forgetsRecords: Bool { false }

    package static var isOrdered: Bool { false }

    package static func isMadeAnew(_ command: Command) -> Bool { false }

    package static func commutes(_ event: Happening) -> Bool { false }

    package static var excludingTypes: Set<String> { [] }

    package static func exclusion(by event: Happening) -> Exclusion? { nil }

    package static var isState: Bool { false }

    package mutating func takeNews(at: Timestamp) -> [Ephemeral] { [] }

    package func isSnapshotDue(records: Int, at: Timestamp) -> Bool? { nil }

    package mutating func noteSnapshot(bytes: Int, at: Timestamp) {}

    package static func canCause(_ action: String, _ record: Record) -> Bool {
        canCause(action, record.type)
    }

    package static func canCause(_ action: String, _ type: String) -> Bool {
        causes[action]?.contains(type) ?? false
    }

    /// Whether it is a command, which finds its wish fulfilled where it stores nothing.
    static func isChange(_ action: String) -> Bool { causes[action] != nil }

    package static var idleAfter: Duration? { nil }

    package static var savesWhenRetired: Bool { true }
}
