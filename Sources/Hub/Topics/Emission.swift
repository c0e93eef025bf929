/// What a topic gives its members in one go, already encoded for each dialect that is present.
package struct Emission: Sendable {
    package enum Content: Sendable {
        /// The offsets of the turn's records.
        case records(ClosedRange<Offset>)
        case ephemeral(Ephemeral)
        /// States, for members that take them as they come, or for those that want them conflated.
        case state(Ephemeral, isConflated: Bool)
        /// The log is another than it was: where it stands now, and up to where the positions of
        /// former epochs are still good.
        case turn(Position, former: [Epoch: Offset])
    }

    package let topic: TopicID
    package let content: Content
    /// The connection that caused all of it, if it was one.
    package let origin: ConnectionID?
    /// By the dialect's id.
    package let frames: [Int: any Sendable]
}
