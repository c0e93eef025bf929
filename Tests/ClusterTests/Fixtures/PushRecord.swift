import Cluster
import Synchronization

/// Records what a subscription tells.
final class PushRecord: Sendable {
    private let pushes = Mutex<[RedisPush]>([])

    func note(_ push: RedisPush) {
        pushes.withLock { $0.append(push) }
    }

    var all: [RedisPush] { pushes.withLock(\.self) }

    /// The messages of a channel as text, in order.
    func messages(on channel: String) -> [String] {
        all.compactMap {
            guard case .message([UInt8](channel), let bytes) = $0 else { return nil }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    func subscriptions(to channel: String) -> Int {
        all.count { $0 == .subscribed(channel: [UInt8](channel)) }
    }

    func interruptions(of channel: String) -> Int {
        all.count { $0 == .interrupted(channel: [UInt8](channel)) }
    }
}
