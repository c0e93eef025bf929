import Reactor

/// Posts to one room, one at a time, and asks again for as long as it is told to come again.
final class SteadyWriter {
    let customer: Customer
    private let room: Int
    private var keys: KeySource
    private let loop: EventLoop
    private(set) var acknowledged = 0
    private(set) var refused = 0
    private(set) var lastAcknowledged: Int64 = 0
    /// When the longest silence so far was over.
    private(set) var lastResumption: Int64 = 0
    private var longestSilence: Int64 = 0
    var isWriting = false

    init(_ customer: Customer, room: Int, seed: UInt64, on loop: EventLoop) {
        self.customer = customer
        self.room = room
        self.loop = loop
        keys = KeySource(seed: seed, startingAt: 1_700_000_000_000)
    }

    func begin() {
        isWriting = true
        write(keys.next())
    }

    private func write(_ key: String) {
        guard isWriting else { return }
        customer.ask("post", "room:steady-\(room)", "\"content\":\"again\"", key: key) {
            [self] answer, _ in
            if answer.isOK { acknowledge() } else { refused += 1 }
            let next = answer.isOK ? keys.next() : key
            loop.schedule(after: .milliseconds(20)) { [self] in write(next) }
        }
    }

    private func acknowledge() {
        let now = Clock.now()
        acknowledged += 1
        if lastAcknowledged > 0, now - lastAcknowledged > longestSilence {
            longestSilence = now - lastAcknowledged
            lastResumption = now
        }
        lastAcknowledged = now
    }
}
