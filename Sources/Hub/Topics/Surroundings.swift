/// What a topic needs from the hub around it.
package struct Surroundings: Sendable {
    package let journal: any Journal
    package let ids: RecordIDs
    package let now: @Sendable () -> Timestamp
    package let settings: TopicSettings
    package let observer: TopicObserver
    /// Nil for a hub that is no cluster's node.
    package let peers: (any Peers)?

    package init(
        journal: any Journal,
        ids: RecordIDs,
        now: @escaping @Sendable () -> Timestamp,
        settings: TopicSettings = TopicSettings(),
        observer: TopicObserver = TopicObserver(),
        peers: (any Peers)? = nil
    ) {
        self.journal = journal
        self.ids = ids
        self.now = now
        self.settings = settings
        self.observer = observer
        self.peers = peers
    }
}
