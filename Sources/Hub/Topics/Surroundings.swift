/// What a topic needs from the hub around it.
package struct Surroundings: Sendable {
    package let journal: any Journal
    package let ids: RecordIDs
    package let now: @Sendable () -> Timestamp
    package let settings: TopicSettings
    package let observer: TopicObserver

    package init(
        journal: any Journal,
        ids: RecordIDs,
        now: @escaping @Sendable () -> Timestamp,
        settings: TopicSettings = TopicSettings(),
        observer: TopicObserver = TopicObserver()
    ) {
        self.journal = journal
        self.ids = ids
        self.now = now
        self.settings = settings
        self.observer = observer
    }
}
