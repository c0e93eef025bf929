import Hub
import Reactor

/// When the members of a topic on one loop are told the next broadcast.
///
/// To tell many members takes long, and nearly all of it is a system call for each, whether it
/// carries one event or fifty. So who was told much is left alone for as long as the telling took:
/// what comes meanwhile goes out together, and a wide topic leaves half of the loop to the others.
struct BroadcastPace {
    /// A broadcast that takes less is followed by no pause: so small a gain nobody waits for.
    static let shortestPause = Duration.milliseconds(20)
    static let longestPause = Duration.milliseconds(100)
    /// As much for each member is sent without waiting longer: far below what makes it lag.
    static let heldBytesMaximum = 128 << 10

    private var held: [Emission] = []
    private var heldBytes = 0
    private var told = LoopInstant(nanoseconds: .min)
    private var next = LoopInstant(nanoseconds: .min)

    /// Whether an emission may go at once. In the turn of the loop that tells the one before it, it
    /// goes by the same system calls.
    func isOpen(at now: LoopInstant) -> Bool {
        held.isEmpty && (now >= next || now == told)
    }

    /// Keeps the emission for later: answers how long, or nil when all of it should go now. So it
    /// must when the log becomes another: what is held is of the one that was.
    mutating func hold(_ emission: Emission, at now: LoopInstant) -> Duration? {
        held.append(emission)
        heldBytes += emission.memberBytes
        if case .turn = emission.content { return nil }
        return heldBytes > Self.heldBytesMaximum ? nil : next - now
    }

    /// What was held, in order.
    mutating func release() -> [Emission] {
        defer {
            held = []
            heldBytes = 0
        }
        return held
    }

    /// The members were told in this turn of the loop, which takes it so long.
    mutating func noteTold(at now: LoopInstant, taking duration: Duration) {
        told = now
        next = now
        if duration >= Self.shortestPause {
            next = now + duration + min(duration, Self.longestPause)
        }
    }
}

extension Emission {
    /// What it brings a member, in the dialect that has the most to say.
    fileprivate var memberBytes: Int {
        frames.values.lazy.map { frame in
            switch frame {
            case let bytes as [UInt8]: bytes.count
            case let frames as DocumentFrames: frames.frames.count
            default: 0
            }
        }.max() ?? 0
    }
}
