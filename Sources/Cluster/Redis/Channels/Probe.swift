import Reactor

/// The question whether what is published comes back, asked again and again over one subscription.
struct Probe {
    /// The channel that is the probe's alone, while there is one.
    var channel: [UInt8]?
    /// The channel is subscribed to.
    var isListening = false
    private(set) var sentAt: LoopInstant?
    private(set) var expected: [UInt8] = []
    private(set) var returnedAt: LoopInstant?
    private(set) var roundTrip: Duration?
    /// Why there can't be a probe.
    var refusal: String?
    private var number: UInt64 = 0

    var isUnderWay: Bool { !expected.isEmpty }

    mutating func begin(at now: LoopInstant) -> [UInt8] {
        number += 1
        sentAt = now
        expected = Array(String(number).utf8)
        return expected
    }

    /// `now` is read when it came back, not when the loop's turn began.
    mutating func returned(_ token: [UInt8], at now: LoopInstant) {
        guard token == expected, let sentAt else { return }
        expected = []
        returnedAt = now
        roundTrip = now - sentAt
    }

    /// It can't be published: that says nothing of the subscription.
    mutating func forbid(_ error: RedisServerError) {
        refusal = error.message
        isListening = false
        expected = []
    }

    mutating func reset() {
        channel = nil
        isListening = false
        sentAt = nil
        expected = []
        refusal = nil
    }

    func age(at now: LoopInstant) -> Duration? {
        returnedAt.map { now - $0 }
    }
}
