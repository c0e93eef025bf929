import Foundation
import Hub
import Logging
import Synchronization

@testable import Cluster

/// Everything there is in a simulation, and what goes wrong with it.
final class World: Sendable {
    private struct State {
        var isCalm = false
        var isOver = false
        var cuts: Set<String> = []
        var failing: Set<String> = []
        var crashesLeft = 6
        var lastProcess: UInt64 = 0
        var processes: [String: SimulatedProcess] = [:]
        var reconnections: [UInt64: @Sendable () -> Void] = [:]
        var notes: [String] = []
    }

    let executor: SeededExecutor
    let plan: Plan
    let server: SimulatedServer
    let names: [String]
    let copies: [String: InMemoryJournal]
    /// Whether it prints what happens.
    let isTraced = ProcessInfo.processInfo.environment["SIMULATION_TRACE"] != nil
    private let state = Mutex(State())

    init(seed: UInt64) {
        executor = SeededExecutor(seed: seed)
        plan = Plan(executor)
        server = SimulatedServer(executor, plan.stream)
        names = (0..<plan.nodeCount).map { "node\($0)" }
        copies = Dictionary(uniqueKeysWithValues: names.map { ($0, InMemoryJournal()) })
    }

    var isOver: Bool {
        get { state.withLock(\.isOver) }
        set { state.withLock { $0.isOver = newValue } }
    }

    var isCalm: Bool { state.withLock(\.isCalm) }

    /// What was found wrong on the way.
    var notes: [String] { state.withLock(\.notes) }

    func note(_ what: String) {
        state.withLock { $0.notes.append("\(executor.now / 1000) ms: \(what)") }
    }

    func trace(_ what: @autoclosure () -> String) {
        if isTraced { print(executor.now / 1000, what()) }
    }

    private func logger(_ name: String) -> Logger {
        guard isTraced else { return silent }
        return Logger(label: name) { _ in TracingLogHandler(executor: executor, name: name) }
    }

    func isCut(_ name: String) -> Bool { state.withLock { $0.cuts.contains(name) } }

    func isFailing(_ name: String) -> Bool { state.withLock { $0.failing.contains(name) } }

    /// In microseconds, as all of these.
    func delay() -> Int64 {
        if isCalm || !executor.happens(plan.slownessPerMille) { return executor.random(100...1500) }
        let isLong = executor.happens(30)
        let most: Int64 = isLong ? 4_000_000 : executor.happens(200) ? 800_000 : 50_000
        return executor.random(1000...most)
    }

    func diskDelay() -> Int64 {
        if plan.hasSlowDisks, !isCalm, executor.happens(300) {
            return executor.random(5000...400_000)
        }
        if isCalm || !executor.happens(plan.slownessPerMille) { return executor.random(50...500) }
        return executor.random(500...(executor.happens(100) ? 1_500_000 : 30_000))
    }

    // MARK: Processes

    func process(_ name: String) -> SimulatedProcess? {
        state.withLock { $0.processes[name] }
    }

    /// One that lives, at random.
    func anyProcess() -> SimulatedProcess? {
        let living = names.compactMap { process($0) }.filter { $0.journal != nil }
        return living.isEmpty ? nil : living[Int(executor.random(0...Int64(living.count - 1)))]
    }

    func start(_ name: String) async {
        trace("\(name) starts")
        guard let copy = copies[name] else { return }
        let process = state.withLock { state in
            state.lastProcess += 1
            let process = SimulatedProcess(name, number: state.lastProcess)
            state.processes[name] = process
            return process
        }
        let disk = SimulatedDisk(copy: copy, world: self, process: process)
        do throws(JournalError) {
            let journal = try await ClusterJournal(
                node: name,
                partitions: plan.partitions,
                log: SimulatedLink(self, process),
                local: disk,
                replica: disk,
                clockwork: SimulatedClock.clockwork(executor),
                limits: plan.limits,
                logger: logger(name),
                absorb: { records, _ in process.tell(records.map(\.id)) },
                reload: { process.reload($0) }
            )
            process.run(journal, on: executor)
        } catch {
            note("\(name) did not start: \(error)")
        }
    }

    func crash(_ process: SimulatedProcess) {
        guard !process.isDead else { return }
        process.end()
        trace("\(process.name) crashes")
        server.ignore(process.number)
        state.withLock { $0.reconnections[process.number] = nil }
        guard !isOver else { return }
        executor.after(executor.random(50...6_000) * 1000) { [self] in
            if !isOver { _ = executor.spawn { await self.start(process.name) } }
        }
    }

    /// Called wherever a process waits for something.
    func mayCrash(_ process: SimulatedProcess) {
        guard !isCalm, plan.crashPerMille > 0, executor.happens(plan.crashPerMille) else { return }
        let mayGo = state.withLock { state in
            state.crashesLeft -= 1
            return state.crashesLeft >= 0
        }
        if mayGo { crash(process) }
    }

    /// Called within restorations, which have many steps that may get lost.
    func mayFailOver(_ partition: Partition) {
        guard !isCalm, plan.faults.contains(.failover), executor.happens(40) else { return }
        server.failOver(partition, losing: Int(executor.random(1...5)))
    }

    func onReconnect(of process: SimulatedProcess, _ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.reconnections[process.number] = action }
    }

    // MARK: Faults

    func strike() {
        guard !plan.faults.isEmpty else { return }
        let fault = plan.faults[Int(executor.random(0...Int64(plan.faults.count - 1)))]
        let name = names[Int(executor.random(0...Int64(names.count - 1)))]
        let length = executor.random(1...(executor.happens(200) ? 8_000 : 1_500)) * 1000
        trace("\(fault) of \(name) for \(length / 1000) ms")
        switch fault {
        case .crash: if let process = process(name) { crash(process) }
        case .cut:
            state.withLock { _ = $0.cuts.insert(name) }
            executor.after(length) { self.mend(name) }
        case .failover:
            for partition in plan.partitions {
                let lost = executor.random(0...(executor.happens(500) ? 3 : 20))
                server.failOver(partition, losing: Int(lost))
            }
            if executor.happens(600) { reconnect() }
        case .flush: server.loseAll()
        case .outage:
            server.isDown = true
            executor.after(length) {
                self.server.isDown = false
                self.reconnect()
            }
        case .failingDisk:
            state.withLock { _ = $0.failing.insert(name) }
            executor.after(length) { [self] in state.withLock { _ = $0.failing.remove(name) } }
        }
    }

    /// Nothing goes wrong any more.
    func calm() {
        state.withLock { state in
            state.isCalm = true
            (state.cuts, state.failing) = ([], [])
        }
        server.isDown = false
        reconnect()
    }

    private func mend(_ name: String) {
        state.withLock { _ = $0.cuts.remove(name) }
        reconnect()
    }

    private func reconnect() {
        let all = state.withLock(\.reconnections).sorted { $0.key < $1.key }
        for (_, action) in all { executor.after(delay(), action) }
    }

    func end() {
        isOver = true
        for name in names { process(name).map { crash($0) } }
    }
}
