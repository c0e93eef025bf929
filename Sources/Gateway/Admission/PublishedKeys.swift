import Hub
import Logging
import Synchronization

/// A key set that its issuer changes: read at the start, at intervals, and when a token names a key
/// that isn't in it. The last one that could be read stays in force.
///
/// One per source of keys.
package actor PublishedKeys {
    private let source: KeySetSource
    private let gapMinimum: Duration
    private let logger: Logger
    private nonisolated let current = Mutex<[VerificationKey]>([])
    private var reading: Task<Result<[VerificationKey], KeyError>, Never>?
    private var nextForUnknownKey = Timestamp(milliseconds: .min)

    /// - Parameter gapMinimum: Between two readings that unknown keys cause, so that strangers with
    ///   made-up key ids can't make the hub call the issuer all the time.
    package init(_ source: KeySetSource, gapMinimum: Duration, logger: Logger) {
        self.source = source
        self.gapMinimum = gapMinimum
        self.logger = logger
    }

    package nonisolated var keys: [VerificationKey] {
        current.withLock { $0 }
    }

    /// Reads the set; when it can't be read the last one stays in force. Those who come while it is
    /// being read wait for the same answer.
    package func refresh() async throws(KeyError) {
        let task = reading ?? Task { [source] in await Self.read(source) }
        reading = task
        let result = await task.value
        // Another waiter may have begun a new reading by now.
        if reading == task { reading = nil }
        switch result {
        case .success(let keys):
            current.withLock { $0 = keys }
        case .failure(let error):
            logger.warning("The key set could not be read.", metadata: ["error": "\(error)"])
            throw error
        }
    }

    /// True when the set was read again just now.
    func refreshForUnknownKey(at now: Timestamp) async -> Bool {
        // Whoever comes while the set is being read gets that answer; the gap is for new readings.
        if reading == nil {
            guard now >= nextForUnknownKey else { return false }
            nextForUnknownKey = now.advanced(by: gapMinimum)
        }
        return (try? await refresh()) != nil
    }

    private static func read(_ source: KeySetSource) async -> Result<[VerificationKey], KeyError> {
        do throws(KeyError) {
            return .success(try await KeySet.parse(try await source.read()))
        } catch {
            return .failure(error)
        }
    }
}
