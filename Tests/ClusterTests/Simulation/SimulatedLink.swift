import Hub
import Synchronization

@testable import Cluster

/// A node's way to the simulated Redis: questions and answers take their time, get lost, or come
/// when nobody counts on them any more.
final class SimulatedLink: SharedLog {
    private let world: World
    private let server: SimulatedServer
    private let executor: SeededExecutor
    private let process: SimulatedProcess

    init(_ world: World, _ process: SimulatedProcess) {
        self.world = world
        server = world.server
        executor = world.executor
        self.process = process
    }

    private var isCut: Bool { process.isDead || server.isDown || world.isCut(process.name) }

    /// The effect takes place while the question is on its way; the process may be dead by then.
    private func ask<Answer: Sendable>(
        _ effect: @escaping @Sendable () -> Answer
    ) async throws(SharedLogError) -> Answer {
        world.mayCrash(process)
        if process.isDead { throw .unavailable("This process is dead.") }
        let result = await withCheckedContinuation { continuation in
            travel(effect) { continuation.resume(returning: $0) }
        }
        world.mayCrash(process)
        return try result.get()
    }

    private func travel<Answer: Sendable>(
        _ effect: @escaping @Sendable () -> Answer,
        _ answer: @escaping @Sendable (Result<Answer, SharedLogError>) -> Void
    ) {
        let there = world.delay()
        if !world.isCalm, executor.happens(world.plan.lossPerMille) {
            // The question arrives or not, soon or late; the answer doesn't.
            if executor.happens(700) {
                executor.after(executor.random(0...4_000_000)) { [self] in
                    if !server.isDown { _ = effect() }
                }
            }
            executor.after(executor.random(0...1_000_000)) {
                answer(.failure(.uncertain("The answer was lost.")))
            }
            return
        }
        executor.after(there) { [self] in
            guard !isCut else {
                executor.after(world.delay()) { [self] in
                    let isKnown = executor.happens(600)
                    answer(.failure(isKnown ? .unavailable("cut") : .uncertain("cut")))
                }
                return
            }
            let given = effect()
            executor.after(world.delay()) { [self] in
                answer(isCut ? .failure(.uncertain("The link was cut.")) : .success(given))
            }
        }
    }

    func append(_ proposal: Proposal) async throws(SharedLogError) -> Verdict {
        let verdict = try await ask { [server] in server.append(proposal) }
        world.trace("\(process.name) append \(proposal.drafts.map(\.id)) \(verdict)")
        return verdict
    }

    func leave(_ topic: TopicID, _ node: String) async throws(SharedLogError) {
        try await ask { [server] in server.leave(topic, node) }
    }

    func read(
        _ partition: Partition,
        after sequence: UInt64,
        limit: Int
    ) async throws(SharedLogError) -> [LoggedEntry] {
        try await ask { [server] in
            server.stream(of: partition)?.read(after: sequence, limit: limit) ?? []
        }
    }

    func place(of partition: Partition) async throws(SharedLogError) -> LogPlace? {
        try await ask { [server] in server.stream(of: partition)?.told }
    }

    func claim(
        _ claim: Claim,
        on partition: Partition
    ) async throws(SharedLogError) -> Election {
        try await ask { [server] in server.claim(claim, on: partition) }
    }

    func restore(
        _ restoration: Restoration,
        of partition: Partition
    ) async throws(SharedLogError) -> Bool {
        let server = server
        guard try await ask({ server.clear(restoration.token, partition) }) else { return false }
        var pieces: [([TopicID: Offset], Range<Int>)] = []
        for (topic, offset) in restoration.heads.sorted(by: { $0.key.text < $1.key.text }) {
            pieces.append(([topic: offset], 0..<0))
        }
        let tail = restoration.tail.indices
        for start in stride(from: 0, to: tail.count, by: world.plan.pieceCount) {
            pieces.append(([:], start..<min(tail.count, start + world.plan.pieceCount)))
        }
        for (index, piece) in pieces.enumerated() {
            world.mayFailOver(partition)
            let isDone = try await ask {
                server.fill(restoration, piece.0, piece.1, after: index, partition)
            }
            guard let isDone else { throw .unavailable("ERR The ID is smaller than the top item") }
            guard isDone else { return false }
        }
        let count = pieces.count
        return try await ask { server.open(restoration, after: count, partition) }
    }

    func follow(_ partitions: [Partition], _ handler: @escaping @Sendable (LogNews) -> Void) {
        for partition in partitions { handler(.attached(partition)) }
        server.listen(as: process.number) { [self] news in
            if isCut || (!world.isCalm && executor.happens(world.plan.deafnessPerMille)) { return }
            deliver(news, handler)
            if !world.isCalm, executor.happens(20) { deliver(news, handler) }
        }
        world.onReconnect(of: process) {
            for partition in partitions { handler(.attached(partition)) }
        }
    }

    private func deliver(_ news: LogNews, _ handler: @escaping @Sendable (LogNews) -> Void) {
        executor.after(world.delay()) { [process] in
            if !process.isDead { handler(news) }
        }
    }
}
