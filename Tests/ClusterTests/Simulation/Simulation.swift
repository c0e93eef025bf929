import Hub
import Synchronization

@testable import Cluster

/// One run of several nodes over a simulated Redis and simulated disks: faults, then peace, and
/// then all that was promised must be there.
struct Simulation {
    struct Outcome: Sendable {
        let failures: [String]
        /// Of every choice that was made.
        let trace: UInt64
        let steps: Int
        let acknowledged: Int
    }

    private static let stepsMaximum = 3_000_000
    /// In microseconds: elections, terms and waits end long before.
    private static let peaceMaximum: Int64 = 60_000_000

    let world: World
    private let ledger = Ledger()

    static func run(_ seed: UInt64) -> Outcome {
        let simulation = Simulation(world: World(seed: seed))
        let world = simulation.world
        let found = Mutex<[String]>([])
        _ = world.executor.spawn {
            let failures = await simulation.play()
            found.withLock { $0 = failures }
            world.isOver = true
        }
        let isDone = world.executor.run(stepsMaximum: stepsMaximum) { world.isOver }
        let (trace, steps) = (world.executor.trace, world.executor.steps)
        var failures = found.withLock(\.self)
        if !isDone { failures.append("It did not end: \(simulation.states)") }
        world.end()
        _ = world.executor.run(stepsMaximum: stepsMaximum) { false }
        return Outcome(
            failures: world.notes + failures,
            trace: trace,
            steps: steps,
            acknowledged: simulation.ledger.keys.count + simulation.ledger.records.count
        )
    }

    private func play() async -> [String] {
        let executor = world.executor
        for name in world.names { await world.start(name) }
        let clients = (0..<world.plan.clientCount).map {
            SimulatedClient(world, ledger, author: "author\($0)")
        }
        let writing = clients.map { client in executor.spawn { await client.run() } }
        while executor.now < world.plan.duration {
            await executor.pause(executor.random(1...world.plan.faultPause))
            world.strike()
        }
        world.calm()
        for each in writing { await each.value }
        let end = executor.now + Self.peaceMaximum
        while await !isSettled() {
            guard executor.now < end else { return ["It did not settle: \(states)"] }
            await executor.pause(200_000)
        }
        // What is told is on its way.
        await executor.pause(20_000)
        let failures = await Inspection(world: world, ledger: ledger).failures()
        for client in clients { await client.repeatOne() }
        return failures
    }

    private var statuses: [PartitionStatus] {
        world.names.flatMap { world.process($0)?.journal?.statuses ?? [] }
    }

    private func isSettled() async -> Bool {
        for copy in world.copies.values {
            for partition in world.plan.partitions {
                guard let strays = try? await copy.strays(in: partition), strays.isEmpty else {
                    return false
                }
            }
        }
        let statuses = statuses
        return statuses.count == world.names.count * world.plan.partitions.count
            && statuses.allSatisfy { status in
                status.state == .live
                    && status.bookmark == world.server.stream(of: status.partition)?.told?.bookmark
            }
    }

    private var states: String {
        let nodes = world.names.map { name in
            let statuses = world.process(name)?.journal?.statuses ?? []
            return "\(name) "
                + statuses.map { "\($0.state) \($0.bookmark as Any)" }
                .joined(separator: ", ")
        }
        let logs = world.plan.partitions.map { "\(world.server.stream(of: $0)?.told as Any)" }
        return (nodes + logs).joined(separator: "; ")
    }
}
