/// What a topic tells the other nodes, and what it takes in of theirs.
extension Topic {
    func take(_ news: PeerNews) {
        switch news {
        case .told(let message, let peer): take(message, from: peer)
        case .gap:
            // Whatever was missed of theirs shows at their next pulse.
            if sharing.revision > 0 || !awareness.isEmpty { tellAll() }
        case .went(let peer):
            sharing.known[peer] = nil
            sharing.answered(peer)
            presence.forget(peer)
            schedulePresence()
            endAwareness(of: peer)
        }
    }

    private func take(_ message: PeerMessage, from peer: PeerID) {
        switch message {
        case .shown(let ephemeral): show(ephemeral)
        case .awareness(let update, let author): take(update, by: author, of: peer)
        case .presence(let share): take(share, from: peer)
        case .pulse(let revision):
            if sharing.known[peer] ?? 0 < revision { askAgain() }
        case .question: tellAll()
        }
    }

    private func take(_ share: PresenceShare, from peer: PeerID) {
        let known = sharing.known[peer] ?? 0
        if let previous = share.previous {
            guard share.revision > known else { return }
            guard previous == known else { return askAgain() }
        }
        sharing.known[peer] = share.revision
        presence.take(share, from: peer)
        sharing.answered(peer)
        schedulePresence()
    }

    // MARK: Telling

    /// The user's presence here has changed: what changes in one turn of the lane is told at once.
    func tellPresence(of user: String) {
        guard surroundings.peers != nil else { return }
        sharing.untold.insert(user)
        guard !sharing.isTelling else { return }
        sharing.isTelling = true
        lane.submit { [weak self] in self?.assumeIsolated { $0.tellChanges() } }
    }

    private func tellChanges() {
        sharing.isTelling = false
        guard !sharing.untold.isEmpty else { return }
        guard sharing.revision > 0 else { return tellShare() }
        var users: [String: Int?] = [:]
        for user in sharing.untold {
            users.updateValue(presence.connectionsHere(of: user), forKey: user)
        }
        tell(users, isWhole: false)
    }

    /// The states and members of this node.
    private func tellAll() {
        let states = awareness.everythingHere
        if !states.entries.isEmpty {
            surroundings.peers?.tell(.awareness(states, author: ""), of: id)
        }
        tellShare()
    }

    private func tellShare() {
        // Who has never told anything has nothing to correct.
        guard sharing.revision > 0 || presence.countHere > 0 else {
            surroundings.peers?.tell(.presence(.nobody), of: id)
            return
        }
        tell(presence.here.mapValues { $0 }, isWhole: true)
    }

    private func tell(_ users: [String: Int?], isWhole: Bool) {
        let (previous, revision) = sharing.advance(at: surroundings.now())
        let share = PresenceShare(
            previous: isWhole ? nil : previous,
            revision: revision,
            users: users
        )
        sharing.untold.removeAll()
        surroundings.peers?.tell(.presence(share), of: id)
        pulseLater()
    }

    /// So that whoever missed something hears of it.
    private func pulseLater() {
        guard !sharing.isPulsing else { return }
        sharing.isPulsing = true
        lane.submit(after: surroundings.settings.pulsePeriod) { [weak self] in
            self?.assumeIsolated { topic in
                topic.sharing.isPulsing = false
                topic.surroundings.peers?.tell(
                    .pulse(revision: topic.sharing.revision),
                    of: topic.id
                )
                topic.pulseLater()
            }
        }
    }

    // MARK: Asking

    /// Once, as soon as someone is to be told who is present. True when there is an answer to wait
    /// for.
    func askPeers(for work: [Work]) -> Bool {
        guard let peers = surroundings.peers, !sharing.hasAsked,
            work.contains(where: { asksForMembers($0) })
        else { return false }
        sharing.hasAsked = true
        sharing.awaited = peers.reachable.subtracting(sharing.known.keys)
        guard !sharing.awaited.isEmpty else { return false }
        peers.tell(.question, of: id)
        return true
    }

    private func asksForMembers(_ work: Work) -> Bool {
        switch work {
        case .join(let join, _): id.kind == .room || id.kind == .doc || join.announces
        case .presence: true
        case .command, .leave, .renewal, .notice, .awareness, .revision, .compaction: false
        }
    }

    /// Until all have answered, or for a moment: who answers later is told of as having come.
    func hearAnswers() async {
        guard !sharing.awaited.isEmpty else { return }
        await withCheckedContinuation { continuation in
            sharing.waiting = continuation
            lane.submit(after: surroundings.settings.answerPatience) { [weak self] in
                self?.assumeIsolated { $0.sharing.endWaiting() }
            }
        }
    }

    /// Something was missed. One question now and then is enough for all of it.
    private func askAgain() {
        guard !sharing.isAsking else { return }
        sharing.isAsking = true
        surroundings.peers?.tell(.question, of: id)
        lane.submit(after: surroundings.settings.questionGap) { [weak self] in
            self?.assumeIsolated { $0.sharing.isAsking = false }
        }
    }
}
