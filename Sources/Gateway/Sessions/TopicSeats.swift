import Hub
import Reactor

/// The members of one topic on one loop: takes each broadcast once and hands it to all of them.
final class TopicSeats: Seats {
    private let bound: LoopBound<Rows>

    init(topic: TopicID, desk: LaneDesk) {
        bound = LoopBound(Rows(topic: topic, desk: desk), on: desk.loop)
    }

    /// On the loop only.
    var rows: Rows { bound.value }

    func broadcast(_ emission: Emission) {
        rows.broadcast(emission)
    }

    func expel(_ connections: [ConnectionID], from topic: TopicID, reason: String) {
        rows.expel(connections, reason: reason)
    }

    /// Members by dialect, so that a broadcast looks its frame up once for all of a row.
    final class Rows {
        let topic: TopicID
        unowned let desk: LaneDesk
        private var rows: [Int: ContiguousArray<Subscription>] = [:]
        /// Those that speak y-protocols.
        private var documentRows: [Int: ContiguousArray<DocumentMember>] = [:]
        /// Subscriptions that use these seats, those that wait for the topic's answer included.
        private var holders = 0
        /// The last offset that this loop knows to be in the journal: who has reached it is live.
        private(set) var knownOffset: Offset = 0
        private var seatedCount = 0
        private var pace = BroadcastPace()
        /// Ends the pause after which what is held is told.
        private var holding = TimerToken.none

        init(topic: TopicID, desk: LaneDesk) {
            self.topic = topic
            self.desk = desk
        }

        /// The seats stay the topic's on this loop for as long as a subscription holds them: the
        /// join on its way to the topic carries them.
        func hold() {
            holders += 1
        }

        func release() {
            holders -= 1
            if holders == 0 { desk.releaseSeats(of: topic) }
        }

        func seat(_ subscription: Subscription, at position: Position) {
            knownOffset = max(knownOffset, position.offset)
            subscription.place = rows[subscription.dialect.id]?.count ?? 0
            rows[subscription.dialect.id, default: []].append(subscription)
            countSeated(1)
        }

        /// Constant time: the last of the row takes the place that became free.
        func unseat(_ subscription: Subscription) {
            let row = subscription.dialect.id
            guard let place = subscription.place, let last = rows[row]?.popLast() else { return }
            subscription.place = nil
            if last !== subscription {
                rows[row]?[place] = last
                last.place = place
            }
            countSeated(-1)
        }

        func seat(_ member: DocumentMember) {
            guard member.place == nil else { return }
            member.place = documentRows[member.dialect.id]?.count ?? 0
            documentRows[member.dialect.id, default: []].append(member)
            countSeated(1)
        }

        func unseat(_ member: DocumentMember) {
            let row = member.dialect.id
            guard let place = member.place, let last = documentRows[row]?.popLast() else { return }
            member.place = nil
            if last !== member {
                documentRows[row]?[place] = last
                last.place = place
            }
            countSeated(-1)
        }

        private func countSeated(_ change: Int) {
            seatedCount += change
            desk.instruments.subscriptions.add(change)
        }

        private func broadcastToDocumentMembers(_ emission: Emission) -> (count: Int, bytes: Int) {
            var deliveries = 0
            var bytes = 0
            for (dialect, members) in documentRows {
                guard let shared = emission.frames[dialect] as? DocumentFrames else { continue }
                let frame = shared.frames.withUnsafeBufferPointer { Array($0) }
                for member in members { member.take(shared, frame, emission) }
                deliveries += members.count
                bytes += members.count * frame.count
            }
            return (deliveries, bytes)
        }

        /// Tells the members at once, or when they were left alone for long enough.
        func broadcast(_ emission: Emission) {
            if pace.isOpen(at: desk.loop.now) {
                tell(emission)
                return noteTold()
            }
            desk.instruments.broadcastsHeld.add()
            guard let pause = pace.hold(emission, at: desk.loop.now) else { return tellHeld() }
            guard holding == .none else { return }
            holding = desk.loop.schedule(after: pause) { [weak self] in self?.tellHeld() }
        }

        private func tellHeld() {
            desk.loop.cancel(holding)
            holding = .none
            for emission in pace.release() { tell(emission) }
            noteTold()
        }

        private func noteTold() {
            pace.noteTold(at: desk.loop.now, taking: desk.loop.writeDuration * seatedCount)
        }

        private func tell(_ emission: Emission) {
            if case .records(let offsets) = emission.content {
                // Who was seated meanwhile may have come with more.
                knownOffset = max(knownOffset, offsets.upperBound)
            }
            if case .turn(let position, let former) = emission.content {
                knownOffset = position.offset
                for member in rows.values.joined() { member.turn(to: position, former) }
                return
            }
            var deliveries = 0
            var bytes = 0
            for (dialect, members) in rows {
                guard let shared = emission.frames[dialect] as? [UInt8] else { continue }
                // A copy for this loop: a reference count that two cores write costs more, a
                // member.
                let frame = shared.withUnsafeBufferPointer { Array($0) }
                bytes += frame.count * members.count
                switch emission.content {
                case .records(let offsets):
                    for member in members { member.take(frame, offsets) }
                    deliveries += members.count * offsets.count
                case .ephemeral(let ephemeral):
                    for member in members { member.take(frame, ephemeral) }
                    deliveries += members.count
                case .turn: break
                case .state(let state, let isConflated):
                    for member in members where member.conflates == isConflated {
                        member.take(frame, state)
                        deliveries += 1
                    }
                }
            }
            if !documentRows.isEmpty {
                let more = broadcastToDocumentMembers(emission)
                deliveries += more.count
                bytes += more.bytes
            }
            // Once a broadcast: an atomic addition a member would be felt.
            desk.instruments.deliveries.add(deliveries)
            desk.instruments.messagesSent.add(deliveries)
            desk.instruments.bytesSent.add(bytes)
        }

        func expel(_ connections: [ConnectionID], reason: String) {
            // Who has to go has heard all that came before.
            tellHeld()
            let leaving = Set(connections)
            let members = rows.values.joined().filter { leaving.contains($0.link.id) }
            for member in members { member.expelled(reason) }
            let readers = documentRows.values.joined().filter { leaving.contains($0.link.id) }
            for reader in readers { reader.expelled(reason) }
        }
    }
}
