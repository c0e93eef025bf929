import Hub
import Synchronization

/// The revocations in force: bounded, forgotten when they expire, and on disk before they count.
package final class Revocations: Sendable {
    /// Each is a line in memory and in the file, which is written whole with each change.
    package static let countMaximum = 10_000

    private let state: Mutex<[Revocation.Subject: Revocation]>
    private let file: RevocationFile?

    /// - Parameter file: Where they are kept; nil keeps them in memory only.
    package init(file: RevocationFile? = nil, at now: Timestamp) throws(RevocationFileError) {
        self.file = file
        var loaded: [Revocation.Subject: Revocation] = [:]
        for revocation in try file?.load() ?? [] where now < revocation.expires {
            loaded[revocation.subject] = revocation
        }
        state = Mutex(loaded)
    }

    package var all: [Revocation] {
        state.withLock { Array($0.values) }
    }

    /// Linear in nothing: at most three look-ups.
    package func covers(_ identity: Identity, at now: Timestamp) -> Bool {
        state.withLock { known in
            guard !known.isEmpty else { return false }
            var subjects: [Revocation.Subject] = [.user(identity.principal.user), .everyone]
            if let id = identity.tokenID { subjects.append(.token(id)) }
            return subjects.contains { subject in
                guard let revocation = known[subject], now < revocation.expires else {
                    return false
                }
                return revocation.covers(identity)
            }
        }
    }

    /// Whether it is in force already, or a wider one about the same subject.
    package func include(_ revocation: Revocation) -> Bool {
        state.withLock { known in
            guard let there = known[revocation.subject] else { return false }
            return there.issuedBefore >= revocation.issuedBefore
                && there.expires >= revocation.expires
        }
    }

    /// Takes one in. Of two about the same subject the wider one holds.
    ///
    /// The file is written within the lock: an operator's word is rare, and two must not be written
    /// in the wrong order.
    package func add(_ revocation: Revocation, at now: Timestamp) throws(Rejection) {
        let result: Result<Void, Rejection> = state.withLock { known in
            var next = known.filter { now < $0.value.expires }
            let former = next[revocation.subject]
            next[revocation.subject] = Revocation(
                subject: revocation.subject,
                issuedBefore: max(revocation.issuedBefore, former?.issuedBefore ?? .oldest),
                expires: max(revocation.expires, former?.expires ?? .oldest)
            )
            guard next.count <= Self.countMaximum else {
                return .failure(
                    Rejection(.limitReached, "There are \(Self.countMaximum) revocations already.")
                )
            }
            do throws(RevocationFileError) {
                try file?.save(Array(next.values))
            } catch {
                return .failure(.unavailable)
            }
            known = next
            return .success(())
        }
        try result.get()
    }
}

extension Timestamp {
    fileprivate static let oldest = Timestamp(milliseconds: .min)
}
