import Crypto
import Hub
import Synchronization

/// Remembers tokens that were found valid, so that a crowd that comes back costs one hash each.
///
/// Only valid tokens get in, so strangers can't fill it. Two generations bound it: when the younger
/// one is full the older one is forgotten, whole.
package final class VerifiedTokens: Sendable {
    typealias Key = SHA256.Digest

    private struct State {
        var young: [Key: Identity] = [:]
        var old: [Key: Identity] = [:]
    }

    private let state = Mutex(State())
    private let generationMaximum: Int

    /// - Parameter capacity: How many tokens at the most; 0 remembers none.
    package init(capacity: Int) {
        generationMaximum = max(0, capacity) / 2
    }

    static func key(_ token: [UInt8]) -> Key {
        SHA256.hash(data: token)
    }

    /// The identity, unless its time has come.
    func identity(_ key: Key, at now: Timestamp) -> Identity? {
        state.withLock { state in
            if let known = state.young[key] { return Self.valid(known, at: now) }
            guard let known = state.old.removeValue(forKey: key) else { return nil }
            guard let valid = Self.valid(known, at: now) else { return nil }
            insert(valid, key, into: &state)
            return valid
        }
    }

    func remember(_ identity: Identity, _ key: Key) {
        state.withLock { insert(identity, key, into: &$0) }
    }

    /// When keys change: a token may have been signed with one that is gone.
    func forgetAll() {
        state.withLock { $0 = State() }
    }

    var count: Int {
        state.withLock { $0.young.count + $0.old.count }
    }

    private func insert(_ identity: Identity, _ key: Key, into state: inout State) {
        guard generationMaximum > 0 else { return }
        if state.young.count >= generationMaximum {
            state.old = state.young
            state.young = [:]
        }
        state.young[key] = identity
    }

    private static func valid(_ identity: Identity, at now: Timestamp) -> Identity? {
        guard let ends = identity.ends, ends <= now else { return identity }
        return nil
    }
}
