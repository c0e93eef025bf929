import Logging
import Synchronization

/// The one door in: finds or wakes the one actor of a topic and gives it what comes.
package final class Router: Sendable {
    private let laneTasks: [LaneTasks]
    let surroundings: Surroundings
    let archive: any ChatArchive
    let documents: any DocumentArchive
    /// Who has versions that this node's log can't make any more.
    let versions: (any VersionSource)?
    package let streams: StreamSurroundings
    let orders: any OrderArchive
    let checkouts: CheckoutDesk
    let stock: any StockArchive
    let products: any ProductArchive
    private let logger: Logger
    /// Loaded topics. The lock is held for a look-up and never across an await.
    private let topics = Mutex<[TopicID: any AnyTopic]>([:])
    private let unattended = Unattended()
    /// Documents of which the hub is keeping a version by itself.
    let keeping = Mutex<Set<TopicID>>([])

    package init(
        lanes: [any Lane],
        surroundings: Surroundings,
        archive: any ChatArchive,
        documents: (any DocumentArchive)? = nil,
        versions: (any VersionSource)? = nil,
        streams: StreamSurroundings = StreamSurroundings(),
        orders: any OrderArchive = InMemoryOrderArchive(),
        checkouts: CheckoutDesk = CheckoutDesk(),
        stock: any StockArchive = InMemoryStockArchive(),
        products: any ProductArchive = InMemoryProductArchive(),
        logger: Logger
    ) {
        precondition(!lanes.isEmpty, "A hub has at least one lane.")
        laneTasks = lanes.map { LaneTasks($0) }
        self.surroundings = surroundings
        self.archive = archive
        let ownJournal = surroundings.journal as? InMemoryJournal ?? InMemoryJournal()
        self.documents = documents ?? InMemoryDocumentArchive(journal: ownJournal)
        self.versions = versions
        self.streams = streams
        self.orders = orders
        self.checkouts = checkouts
        self.stock = stock
        self.products = products
        self.logger = logger
    }

    package var topicCount: Int { topics.withLock { $0.count } }

    package var journal: any Journal { surroundings.journal }

    /// Gives a command to its topic, or a question to who can answer it.
    package func submit(_ ask: Ask, _ ticket: Ticket) {
        if Self.isShopping(ask) { return shop(ask, ticket) }
        if Self.isConsultation(ask.action) {
            Task {
                do throws(Rejection) {
                    ticket.answer(.success(try await consult(ask)))
                } catch {
                    ticket.answer(.failure(error))
                }
            }
            return
        }
        guard !Self.isInternal(ask.action), !Self.isStep(ask) else {
            ticket.answer(.failure(Rejection(.unknownAction, "There is no such action.")))
            return
        }
        guard let id = ask.topic ?? Self.ownTopic(for: ask) else {
            ticket.answer(.failure(Rejection(.badRequest, "That action needs a topic.")))
            return
        }
        guard id.kind != .stream else {
            return ticket.answer(.failure(Self.noAction))
        }
        topic(id).submit(ask, ticket)
    }

    /// On the asker's lane: the steps of a checkout are short and many, and each that another
    /// thread took would wait for that thread to wake.
    private func shop(_ ask: Ask, _ ticket: Ticket) {
        Task(executorPreference: tasks(for: ask, ticket)) {
            do throws(Rejection) {
                ticket.answer(.success(try await self.consult(ask)))
            } catch {
                ticket.answer(.failure(error))
            }
        }
    }

    package func submit(
        _ join: Join,
        to id: TopicID,
        completion: @escaping @Sendable (Result<JoinOutcome, Rejection>) -> Void
    ) {
        if id.kind == .stream {
            do throws(Rejection) {
                _ = try Self.selector(of: id)
            } catch {
                return join.lane.submit { completion(.failure(error)) }
            }
        }
        topic(id).submit(join, completion: completion)
    }

    package func submit(_ leave: Leave, to id: TopicID) {
        // A topic that isn't loaded has no members.
        loaded(id)?.submit(leave)
    }

    package func submit(_ principal: Principal, of connection: ConnectionID, to id: TopicID) {
        loaded(id)?.submit(principal, of: connection)
    }

    /// Gives a topic what another node has stored in its log. One that isn't loaded finds it there.
    package func absorb(_ records: [Record], in id: TopicID) {
        if let there = loaded(id) {
            there.absorb(records)
        } else if unattended.note(records, in: id) {
            topic(id).compact()
        }
        if let shard = streams.places.note(id) { streams.news.note(CollectionOfOne(shard)) }
    }

    /// Topics of the partition read their logs again: they were renumbered, or cut.
    package func reload(_ partition: Partition) {
        let there = topics.withLock { topics in
            topics.values.filter { Partition(of: $0.id) == partition }
        }
        for topic in there {
            topic.expectArrival()
            topic.reload()
        }
    }

    /// Gives a topic what another node tells of it.
    package func hear(_ message: PeerMessage, of topic: TopicID, from peer: PeerID) {
        if let there = loaded(topic) { return there.hear(.told(message, by: peer)) }
        // Who asks waits for the answers of all.
        guard case .question = message else { return }
        surroundings.peers?.tell(.presence(.nobody), of: topic)
    }

    /// Tells the topics, all of them or those of a partition, what has happened to the other nodes.
    package func hear(_ news: PeerNews, in partition: Partition? = nil) {
        let there = topics.withLock { topics in
            let there = topics.values.filter { topic in
                partition.map { Partition(of: topic.id) == $0 } ?? true
            }
            for topic in there { topic.expectArrival() }
            return there
        }
        for topic in there { topic.hear(news) }
    }

    /// Forgets topics that nobody uses. Called on each lane from time to time.
    package func retireIdle(on lane: any Lane) {
        let now = surroundings.now()
        let here = topics.withLock { topics in
            topics.values.filter { self.lane(of: $0.id).index == lane.index }
        }
        for topic in here {
            // Decided under the lock: whoever found the topic in the table has announced an
            // arrival.
            topics.withLock { topics in
                guard topic.retire(at: now) else { return }
                topics[topic.id] = nil
                surroundings.observer.loadedChanged(topic.id.kind, -1)
            }
        }
    }

    /// The topic, loaded or not; the caller owes it one `submit`.
    func topic(_ id: TopicID) -> any AnyTopic {
        topics.withLock { topics in
            let topic = topics[id] ?? make(id)
            topics[id] = topic
            topic.expectArrival()
            return topic
        }
    }

    /// The topic if it is loaded; the caller then owes it one `submit`.
    private func loaded(_ id: TopicID) -> (any AnyTopic)? {
        topics.withLock { topics in
            let topic = topics[id]
            topic?.expectArrival()
            return topic
        }
    }

    private func make(_ id: TopicID) -> any AnyTopic {
        var logger = logger
        logger[metadataKey: "topic"] = "\(id)"
        surroundings.observer.loadedChanged(id.kind, 1)
        switch id.kind {
        case .room:
            return make(ChatLog.self, id, logger) { [archive] ids throws(JournalError) in
                try await archive.messages(ids, in: id)
            }
        case .user: return make(InboxLedger.self, id, logger)
        case .doc: return make(DocumentLog.self, id, logger)
        case .item: return make(StockLedger.self, id, logger)
        case .product: return make(ProductLedger.self, id, logger)
        case .cart: return make(CartLedger.self, id, logger)
        case .order: return make(OrderLedger.self, id, logger)
        case .orders: return make(OrderFeed.self, id, logger)
        case .stream:
            guard id.name.hasPrefix("~") else { return makeView(id, on: lane(of: id)) }
            return make(MetricShard.self, id, logger)
        }
    }

    /// - Parameter fetch: Finds what the ledger's commands need to know; most need nothing.
    private func make<L: Ledger>(
        _ ledger: L.Type,
        _ id: TopicID,
        _ logger: Logger,
        fetch: @escaping @Sendable ([RecordID]) async throws(JournalError) -> [L.Fact] = {
            _ throws(JournalError) in []
        }
    ) -> Topic<L> {
        Topic<L>(
            id: id,
            tasks: tasks(of: id),
            surroundings: surroundings,
            neighbours: self,
            logger: logger,
            fetch: fetch
        )
    }

    /// Runs tasks on the lane that asks, or on that of the topic.
    func tasks(for ask: Ask, _ ticket: Ticket) -> LaneTasks {
        switch (ticket, ask.topic) {
        case (.asker(_, let lane), _): laneTasks[lane.index % laneTasks.count]
        case (_, let topic?): tasks(of: topic)
        default: laneTasks[0]
        }
    }

    private func lane(of id: TopicID) -> any Lane { tasks(of: id).lane }

    private func tasks(of id: TopicID) -> LaneTasks {
        laneTasks[Int(truncatingIfNeeded: UInt(bitPattern: id.hashValue) % UInt(laneTasks.count))]
    }
}

extension Router: Neighbours {
    package func notify(_ user: String, _ ephemeral: Ephemeral) {
        guard let id = try? TopicID(of: user) else { return }
        show({ ephemeral }, in: id)
    }

    package func show(_ ephemeral: () -> Ephemeral, in topic: TopicID) {
        let there = loaded(topic)
        guard there != nil || surroundings.peers != nil else { return }
        let ephemeral = ephemeral()
        there?.submit(ephemeral)
        surroundings.peers?.tell(.shown(ephemeral), of: topic)
    }

    package func prepare(
        for snapshot: Snapshot,
        of topic: TopicID
    ) async throws(JournalError) {
        guard topic.kind == .doc else { return }
        try await versionMaker.finish(upTo: snapshot.offset, of: topic)
    }

    package func snapshotSaved(_ snapshot: Snapshot, of topic: TopicID) {
        guard topic.kind == .doc else { return }
        Task { await keepVersion(of: topic, with: snapshot) }
    }
}
