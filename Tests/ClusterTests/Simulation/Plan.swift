import Hub

@testable import Cluster

/// What a seed makes of a simulation: how large it is, and how bad.
struct Plan {
    enum Fault: CaseIterable {
        case crash, cut, failover, flush, outage, failingDisk
    }

    let nodeCount: Int
    let partitions: [Partition]
    let topics: [TopicID]
    let clientCount: Int
    /// In microseconds.
    let duration: Int64
    let lossPerMille: Int
    let deafnessPerMille: Int
    let crashPerMille: Int
    let slownessPerMille: Int
    let hasSlowDisks: Bool
    let faults: [Fault]
    /// Whether the log may be without what was stored in it.
    var losesTails: Bool { faults.contains(.failover) || faults.contains(.flush) }
    /// In microseconds.
    let faultPause: Int64
    /// Entries of one step of a restoration.
    let pieceCount: Int
    let limits: FollowerLimits
    let stream: ModelStream.Settings

    init(_ executor: SeededExecutor) {
        nodeCount = [1, 2, 2, 3, 3, 3, 4][Int(executor.random(0...6))]
        let most = executor.happens(700) ? 1 : 2
        let names = (0..<64).compactMap { try? TopicID(.user, "t\($0)") }
        let homes = Array(Set(names.map { Partition(of: $0) })).sorted { $0.number < $1.number }
        partitions = Array(homes.prefix(most))
        topics = partitions.flatMap { home in
            names.filter { Partition(of: $0) == home }.prefix(2)
        }
        clientCount = Int(executor.random(2...4))
        duration = executor.random(2...7) * 1_000_000
        let isHarsh = executor.happens(300)
        lossPerMille = Int(executor.random(0...(isHarsh ? 150 : 20)))
        deafnessPerMille = Int(executor.random(0...(isHarsh ? 400 : 30)))
        crashPerMille = executor.happens(400) ? Int(executor.random(1...8)) : 0
        slownessPerMille = Int(executor.random(0...(isHarsh ? 200 : 30)))
        hasSlowDisks = executor.happens(250)
        faults = Fault.allCases.filter { _ in executor.happens(450) }
        faultPause = executor.random(300...4_000) * 1000
        pieceCount = Int(executor.random(1...6))
        var limits = FollowerLimits()
        limits.batch = Int(executor.random(1...9))
        limits.pending = Int(executor.random(1...9))
        limits.patience = .milliseconds(executor.random(1...10) * 1000)
        self.limits = limits
        var stream = ModelStream.Settings()
        stream.claimWindow = 500
        stream.term = 3_000
        self.stream = stream
    }
}
