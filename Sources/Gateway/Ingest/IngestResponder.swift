import HTTPTypes
import Hub
import NIOCore
import Synchronization
import TimeSeries

/// Answers requests that bring samples: what is good is kept, and what is not is counted.
final class IngestResponder: Sendable {
    private let intake: (any SampleIntake)?
    private let instruments: Instruments
    private let limits: IngestLimits
    private let working = Atomic<Int>(0)

    /// Without an intake the hub keeps no metrics.
    init(
        intake: (any SampleIntake)?,
        instruments: Instruments,
        limits: IngestLimits = IngestLimits()
    ) {
        self.intake = intake
        self.instruments = instruments
        self.limits = limits
    }

    func respond(
        _ route: IngestRoute,
        _ body: [UInt8],
        _ call: Call,
        for principal: Principal
    ) async throws(Problem) -> Answer {
        guard let intake else {
            throw Problem(.notFound, .notFound, "This hub keeps no metrics.")
        }
        let (format, packing) = try route.format(call.fields)
        let weight = limits.weight(of: body.count, isPacked: packing != .none)
        guard working.wrappingAdd(weight, ordering: .relaxed).oldValue < limits.workingBytesMaximum
        else {
            working.wrappingSubtract(weight, ordering: .relaxed)
            throw Problem(Rejection.busy)
        }
        defer { working.wrappingSubtract(weight, ordering: .relaxed) }
        // Off the loop: it has other connections to serve while a large body is read.
        let result = await withTaskExecutorPreference(globalConcurrentExecutor) {
            await decode(body, format, packing, principal.grants)
        }
        switch result {
        case .success(let decoded): return try await store(decoded, intake, route)
        case .failure(let problem):
            instruments.ingest.malformed[route.source].add()
            throw problem
        }
    }

    @concurrent
    private func decode(
        _ body: [UInt8],
        _ format: IngestFormat,
        _ packing: IngestFormat.Packing,
        _ grants: Grants
    ) async -> Result<DecodedSamples, Problem> {
        do throws(Problem) {
            let unpacked = try unpack(body, packing)
            let now = Timestamp.now().milliseconds
            return .success(
                try DecodedSamples.decode(unpacked, as: format, grants: grants, now: now)
            )
        } catch {
            return .failure(error)
        }
    }

    private func unpack(
        _ body: [UInt8],
        _ packing: IngestFormat.Packing
    ) throws(Problem) -> [UInt8] {
        let maximum = limits.unpackedBytesMaximum
        switch packing {
        case .none: return body
        case .snappy:
            do throws(SnappyError) {
                return try Snappy.decode(body, maximum: maximum)
            } catch {
                if case .tooLarge = error { throw .bodyTooLarge(maximum) }
                throw Problem(.badRequest, .badRequest, "The body is malformed: \(error).")
            }
        case .gzip:
            do throws(Gunzip.Failure) {
                return try Gunzip.unpack(body, upTo: maximum)
            } catch {
                if case .tooLarge = error { throw .bodyTooLarge(maximum) }
                throw Problem(.badRequest, .badRequest, "The body is not gzip.")
            }
        }
    }

    private func store(
        _ decoded: DecodedSamples,
        _ intake: any SampleIntake,
        _ route: IngestRoute
    ) async throws(Problem) -> Answer {
        var outcome = PushReport.Outcome()
        do throws(Rejection) {
            if !decoded.batches.isEmpty || !decoded.metadata.isEmpty {
                outcome = try await intake.take(decoded.batches, metadata: decoded.metadata)
            }
        } catch {
            throw Problem(error)
        }
        let counts = instruments.ingest
        counts.count(outcome, source: route.source)
        for (reason, count) in decoded.refused { counts.refused[reason].add(count) }
        let refused = decoded.refused.merging(
            outcome.refused.map { ($0.key.word, $0.value) },
            uniquingKeysWith: +
        ).filter { $0.value > 0 }
        guard refused.isEmpty else { return Self.refusal(refused, outcome) }
        guard route == .push else {
            return Answer(.noContent, fields: StandardFields.json)
        }
        return .json([
            "accepted": .int(Int64(outcome.accepted)),
            "duplicates": .int(Int64(outcome.duplicates)),
        ])
    }

    /// Senders must not try the same again: of what is refused nothing would be taken then either.
    private static func refusal(_ refused: [String: Int], _ outcome: PushReport.Outcome) -> Answer {
        let reasons = refused.sorted { $0.key < $1.key }
        let total = reasons.reduce(0) { $0 + $1.value }
        let words = reasons.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        let isForbidden =
            refused["forbidden"] == total && outcome.accepted + outcome.duplicates == 0
        let rejection = Rejection(
            isForbidden ? .forbidden : .badRequest,
            isForbidden
                ? "This needs the grant push on the streams of these metrics."
                : "\(total) samples were refused: \(words). The others are kept."
        )
        var json: JSON = ["error": rejection.json]
        json.append("accepted", .int(Int64(outcome.accepted)))
        json.append("duplicates", .int(Int64(outcome.duplicates)))
        json.append("refused", .object(reasons.map { JSON.Member($0.key, .int(Int64($0.value))) }))
        return .json(json, status: isForbidden ? .forbidden : .badRequest)
    }
}
