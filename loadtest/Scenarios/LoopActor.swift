import Reactor

/// An actor that lives on the client's one event loop: what it does between two waits, no callback
/// of a socket interrupts, and callbacks may touch what it owns.
protocol LoopActor: Actor {
    nonisolated var loop: EventLoop { get }
}

extension LoopActor {
    func pause(_ duration: Duration) async {
        await withCheckedContinuation { continuation in
            loop.schedule(after: duration) { continuation.resume() }
        }
    }

    /// Looks every ten milliseconds whether it is so, and gives up after a time.
    func settle(within limit: Duration, _ isSo: () -> Bool) async -> Bool {
        let end = Clock.now() + Clock.nanoseconds(limit)
        while !isSo() {
            guard Clock.now() < end else { return false }
            await pause(.milliseconds(10))
        }
        return true
    }

    /// Cuts the connections, and waits until they have ended.
    func part(_ members: [Member]) async {
        for member in members { member.cut() }
        _ = await settle(within: .seconds(5)) { members.allSatisfy { $0.wire == nil } }
    }

    /// Opens the members' connections, a few hundred at a time, and waits until all have joined.
    func gather(
        _ members: [Member],
        _ dialer: Dialer,
        within limit: Duration = .seconds(60),
        receiveBuffer: (Member) -> Int32? = { _ in nil }
    ) async throws(LoadFailure) {
        let end = Clock.now() + Clock.nanoseconds(limit)
        var begun = 0
        var oldest = 0
        while oldest < members.count {
            while oldest < begun, members[oldest].isJoined { oldest += 1 }
            while begun < members.count, begun - oldest < 500 {
                let member = members[begun]
                try member.connect(dialer, on: loop, receiveBuffer: receiveBuffer(member))
                begun += 1
            }
            guard Clock.now() < end else {
                throw LoadFailure("\(members.count - oldest) of \(members.count) didn't join")
            }
            if oldest < members.count { await pause(.milliseconds(10)) }
        }
    }
}
