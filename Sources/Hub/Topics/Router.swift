import Logging
import Synchronization

/// The one door in: finds or wakes the one actor of a topic and gives it what comes.
package final class Router: Sendable {
    private let lanes: [any Lane]
    let surroundings: Surroundings
    let archive: any ChatArchive
    let documents: any DocumentArchive
    let orders: any OrderArchive
    let checkouts: CheckoutDesk
    private let logger: Logger
    /// Loaded topics. The lock is held for a look-up and never across an await.
    private let topics = Mutex<[TopicID: any AnyTopic]>([:])

    package init(
        lanes: [any Lane],
        surroundings: Surroundings,
        archive: any ChatArchive,
        documents: any DocumentArchive = InMemoryDocumentArchive(),
        orders: any OrderArchive = InMemoryOrderArchive(),
        checkouts: CheckoutDesk = CheckoutDesk(),
        logger: Logger
    ) {
        precondition(!lanes.isEmpty, "A hub has at least one lane.")
        self.lanes = lanes
        self.surroundings = surroundings
        self.archive = archive
        self.documents = documents
        self.orders = orders
        self.checkouts = checkouts
        self.logger = logger
    }

    package var topicCount: Int { topics.withLock { $0.count } }

    package var journal: any Journal { surroundings.journal }

    /// Gives a command to its topic, or a question to who can answer it.
    package func submit(_ ask: Ask, _ ticket: Ticket) {
        if Self.isConsultation(ask.action) || Self.isShopping(ask) {
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
        guard let id = ask.topic else {
            ticket.answer(.failure(Rejection(.badRequest, "That action needs a topic.")))
            return
        }
        topic(id).submit(ask, ticket)
    }

    package func submit(
        _ join: Join,
        to id: TopicID,
        completion: @escaping @Sendable (Result<JoinOutcome, Rejection>) -> Void
    ) {
        topic(id).submit(join, completion: completion)
    }

    package func submit(_ leave: Leave, to id: TopicID) {
        // A topic that isn't loaded has no members.
        loaded(id)?.submit(leave)
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
        surroundings.observer.loadedChanged(id.kind, 1)
        switch id.kind {
        case .room:
            return make(ChatLog.self, id) { [archive] ids throws(JournalError) in
                try await archive.messages(ids, in: id)
            }
        case .user: return make(InboxLedger.self, id)
        case .doc: return make(DocumentLog.self, id)
        case .item: return make(StockLedger.self, id)
        case .product: return make(ProductLedger.self, id)
        case .cart: return make(CartLedger.self, id)
        case .order: return make(OrderLedger.self, id)
        case .orders: return make(OrderFeed.self, id)
        }
    }

    /// - Parameter fetch: Without it the ledger's commands need nothing that it doesn't hold.
    private func make<L: Ledger>(
        _ ledger: L.Type,
        _ id: TopicID,
        fetch: @escaping @Sendable ([RecordID]) async throws(JournalError) -> [L.Fact] = {
            _ throws(JournalError) in []
        }
    ) -> Topic<L> {
        var logger = logger
        logger[metadataKey: "topic"] = "\(id)"
        return Topic<L>(
            id: id,
            lane: lane(of: id),
            surroundings: surroundings,
            neighbours: self,
            logger: logger,
            fetch: fetch
        )
    }

    private func lane(of id: TopicID) -> any Lane {
        lanes[Int(truncatingIfNeeded: UInt(bitPattern: id.hashValue) % UInt(lanes.count))]
    }
}

extension Router: Neighbours {
    package func notify(_ user: String, _ ephemeral: Ephemeral) {
        guard let id = try? TopicID(of: user) else { return }
        loaded(id)?.submit(ephemeral)
    }

    package func show(_ ephemeral: Ephemeral, in topic: TopicID) {
        loaded(topic)?.submit(ephemeral)
    }

    package func snapshotSaved(_ snapshot: Snapshot, of topic: TopicID) {
        guard topic.kind == .doc else { return }
        Task { [documents, surroundings] in
            try? await DocumentVersion.keepAutomatically(
                snapshot,
                of: topic,
                in: documents,
                ids: surroundings.ids,
                at: surroundings.now()
            )
        }
    }
}
