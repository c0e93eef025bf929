import Synchronization

/// A topic without its ledger's type: what the router holds.
package protocol AnyTopic: AnyObject, Sendable {
    var id: TopicID { get }

    /// Notes that something is on its way, so that the topic isn't retired before it arrives. Each
    /// call is followed by one `submit`.
    func expectArrival()

    /// Reads the command in its slice's terms and queues it; a refusal is answered at once.
    func submit(_ ask: Ask, _ ticket: Ticket)

    func submit(
        _ join: Join,
        completion: @escaping @Sendable (Result<JoinOutcome, Rejection>) -> Void
    )

    func submit(_ leave: Leave)

    /// A member has another token, with other rights perhaps: what it may no longer see ends.
    func submit(_ principal: Principal, of connection: ConnectionID)

    func submit(_ notice: Ephemeral)

    /// Takes in what another node has stored, in the order of the log.
    func absorb(_ records: [Record])

    /// Saves a snapshot and forgets records, where that is due.
    func compact()

    /// Takes in what the other nodes tell, or what has happened to them.
    func hear(_ news: PeerNews)

    /// The log is another than it was: what is known of it is forgotten, and read again.
    func reload()

    /// Saves a last snapshot and answers true when the topic may be forgotten. On its lane.
    func retire(at time: Timestamp) -> Bool
}

// Specialised for the rooms, because a generic actor that is called through a protocol is otherwise
// compiled for any ledger: every copy of a command or an event would ask its type how.
extension Topic: AnyTopic {
    package nonisolated func expectArrival() {
        arrivals.wrappingAdd(1, ordering: .relaxed)
    }

    @_specialize(where L == ChatLog)
    @_specialize(where L == DocumentLog)
    @_specialize(where L == StockLedger)
    @_specialize(where L == CartLedger)
    @_specialize(where L == OrderLedger)
    package nonisolated func submit(_ ask: Ask, _ ticket: Ticket) {
        if ask.action == "presence" {
            enqueue(.presence(ask.principal, ticket))
            return
        }
        do throws(Rejection) {
            if ask.action == "awareness", id.kind == .doc {
                return enqueue(.awareness(try Self.awareness(in: ask), ask, ticket))
            }
            let command = try L.command(ask.action, ask.fields)
            enqueue(.command(command, ask, ticket))
        } catch {
            arrivals.wrappingSubtract(1, ordering: .relaxed)
            ticket.answer(.failure(error))
        }
    }

    /// A command that was read already.
    package nonisolated func submit(_ command: L.Command, _ ask: Ask, _ ticket: Ticket) {
        enqueue(.command(command, ask, ticket))
    }

    @_specialize(where L == ChatLog)
    @_specialize(where L == DocumentLog)
    @_specialize(where L == StockLedger)
    @_specialize(where L == CartLedger)
    @_specialize(where L == OrderLedger)
    package nonisolated func submit(
        _ join: Join,
        completion: @escaping @Sendable (Result<JoinOutcome, Rejection>) -> Void
    ) {
        enqueue(.join(join, completion))
    }

    @_specialize(where L == ChatLog)
    @_specialize(where L == DocumentLog)
    @_specialize(where L == StockLedger)
    @_specialize(where L == CartLedger)
    @_specialize(where L == OrderLedger)
    package nonisolated func submit(_ leave: Leave) { enqueue(.leave(leave)) }

    @_specialize(where L == ChatLog)
    @_specialize(where L == DocumentLog)
    @_specialize(where L == StockLedger)
    @_specialize(where L == CartLedger)
    @_specialize(where L == OrderLedger)
    package nonisolated func submit(_ notice: Ephemeral) { enqueue(.notice(notice)) }

    package nonisolated func submit(_ principal: Principal, of connection: ConnectionID) {
        enqueue(.renewal(connection, principal))
    }

    package nonisolated func hear(_ news: PeerNews) {
        if lane.isCurrent {
            assumeIsolated { $0.arrive(hearing: news) }
        } else {
            lane.submit { self.assumeIsolated { $0.arrive(hearing: news) } }
        }
    }

    package nonisolated func reload() {
        lane.submit {
            self.assumeIsolated { topic in
                topic.arrivals.wrappingSubtract(1, ordering: .relaxed)
                topic.forget()
            }
        }
    }

    package nonisolated func absorb(_ records: [Record]) {
        if lane.isCurrent {
            assumeIsolated { $0.arrive(absorbing: records) }
        } else {
            lane.submit { self.assumeIsolated { $0.arrive(absorbing: records) } }
        }
    }

    package nonisolated func compact() {
        enqueue(.compaction)
    }

    package nonisolated func retire(at time: Timestamp) -> Bool {
        assumeIsolated { topic in
            guard topic.arrivals.load(ordering: .relaxed) == 0, topic.isIdle(at: time) else {
                return false
            }
            if L.savesWhenRetired { topic.saveSnapshot() }
            return true
        }
    }

    /// A plain call from the topic's own lane; a hop from elsewhere.
    private nonisolated func enqueue(_ work: Work) {
        if lane.isCurrent {
            assumeIsolated { $0.arrive(work) }
        } else {
            lane.submit { self.assumeIsolated { $0.arrive(work) } }
        }
    }

    private func arrive(absorbing records: [Record]) {
        arrivals.wrappingSubtract(1, ordering: .relaxed)
        absorbed += records
        if !isTurning { takeInAtRest() }
    }

    private func arrive(hearing news: PeerNews) {
        arrivals.wrappingSubtract(1, ordering: .relaxed)
        take(news)
    }

    private func arrive(_ work: Work) {
        arrivals.wrappingSubtract(1, ordering: .relaxed)
        receive(work)
    }
}
