import Logging

/// What other nodes have stored in the topic's log: it becomes part of the state, and is shown.
extension Topic {
    /// Takes in what has come, in order, up to an offset of this node's own. Answers whether all
    /// of it commutes. What a turn has learnt stays until it ends.
    @discardableResult
    func takeIn(before end: Offset = .max) -> Bool {
        guard !absorbed.isEmpty else { return true }
        // All of it is in the log that is to be read.
        guard !isTurned else {
            absorbed = []
            return false
        }
        let arrived = absorbed.prefix { $0.offset < end }
        absorbed.removeFirst(arrived.count)
        var commutes = true
        var completed: [Ephemeral] = []
        for record in arrived where record.offset > position.offset && ledger != nil {
            // What is not next, or can't be read, is found in the log when the topic loads again.
            guard record.offset == position.offset + 1,
                let event = L.Happening(type: record.type, payload: record.payload)
            else {
                ledger = nil
                break
            }
            commutes = commutes && L.commutes(event)
            ledger?.apply(event, id: record.id, author: record.author, at: record.at)
            position.offset = record.offset
            recentKeys.remember(record)
            var decision = Decision<L.Happening>()
            ledger?.complete(&decision, at: record.at)
            completed += decision.ephemeral
        }
        showAbsorbed(Array(arrived))
        for ephemeral in completed { show(ephemeral) }
        exclude(by: Array(arrived))
        return commutes
    }

    /// Between turns, which see to snapshots by themselves.
    func takeInAtRest() {
        guard !absorbed.isEmpty else { return }
        takeIn()
        ledger?.settle()
        saveSnapshotWhenDue()
    }

    /// Before this node's own records become the state: what is between them and the state. Nodes
    /// are told of everything in order, so it has come; if not, it is in the log.
    func takeInBehind(_ turn: Turn, before first: Offset) {
        let hadForeign = first > position.offset + 1
        let commutes = takeIn(before: first)
        // The state has the turn's events before those that came before them.
        if hadForeign, !commutes || !turn.commutes || position.offset + 1 != first { ledger = nil }
    }

    /// Another node was first: the state as it is now, if all of it has come. Otherwise the topic
    /// loads again.
    func absorb(insteadOf turn: Turn, head: Offset) {
        // What was decided on is no more when the log became another.
        ledger = turn.reloads == reloads ? turn.before : nil
        takeIn()
        if position.offset < head { ledger = nil }
    }

    /// Who has had a record already, or misses one before it, sees that by its offset.
    private func showAbsorbed(_ records: [Record]) {
        if L.isState {
            for news in ledger?.takeNews(at: surroundings.now()) ?? [] { show(news) }
        } else {
            audience.broadcast(records, of: id, epoch: position.epoch)
        }
    }
}
