/// What topics tell of their work, for whoever counts. Called on the topics' lanes, often: each
/// closure has to be cheap.
package struct TopicObserver: Sendable {
    /// A turn ended: how many commands and joins it took up, and how long it took, its waiting for
    /// the journal included.
    package var turnEnded: @Sendable (_ work: Int, _ time: Duration) -> Void
    /// So much more (or less) waits for a turn.
    package var queueChanged: @Sendable (_ difference: Int) -> Void
    /// So many more (or fewer) topics of the kind are loaded.
    package var loadedChanged: @Sendable (_ kind: TopicKind, _ difference: Int) -> Void

    package init(
        turnEnded: @escaping @Sendable (Int, Duration) -> Void = { _, _ in },
        queueChanged: @escaping @Sendable (Int) -> Void = { _ in },
        loadedChanged: @escaping @Sendable (TopicKind, Int) -> Void = { _, _ in }
    ) {
        self.turnEnded = turnEnded
        self.queueChanged = queueChanged
        self.loadedChanged = loadedChanged
    }
}
