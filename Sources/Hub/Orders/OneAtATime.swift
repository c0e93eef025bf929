import Synchronization

/// Lets one at a time work on each order of this node; the others wait in line.
///
/// Orders would stay right without it, as every step may be taken twice: it saves the second.
final class OneAtATime: Sendable {
    /// Who comes to a longer line is sent away.
    static let waitersMaximum = 32

    private let lines = Mutex<[String: [CheckedContinuation<Void, Never>]]>([:])

    func run<Value: Sendable>(
        _ name: String,
        _ work: () async throws(Rejection) -> Value
    ) async throws(Rejection) -> Value {
        guard await enter(name) else { throw .busy }
        defer { leave(name) }
        return try await work()
    }

    /// Whether anyone is at work on it.
    func isBusy(_ name: String) -> Bool { lines.withLock { $0[name] != nil } }

    private func enter(_ name: String) async -> Bool {
        let isFull = lines.withLock { lines in
            guard let waiting = lines[name] else {
                lines[name] = []
                return Optional(false)
            }
            return waiting.count < Self.waitersMaximum ? nil : true
        }
        if let isFull { return !isFull }
        await withCheckedContinuation { continuation in
            let isFree = lines.withLock { lines in
                guard lines[name] != nil else {
                    lines[name] = []
                    return true
                }
                lines[name]?.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
        return true
    }

    private func leave(_ name: String) {
        let next: CheckedContinuation<Void, Never>? = lines.withLock { lines in
            guard let waiting = lines[name], !waiting.isEmpty else {
                lines[name] = nil
                return nil
            }
            return lines[name]?.removeFirst()
        }
        next?.resume()
    }
}
