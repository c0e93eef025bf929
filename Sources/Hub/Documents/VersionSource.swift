/// The port through which a node gets states of versions from others, where its own log can't make
/// them any more.
package protocol VersionSource: Sendable {
    /// In the second format; nil when nobody has it.
    func state(of version: RecordID, in topic: TopicID) async -> [UInt8]?
}
