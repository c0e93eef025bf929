/// When an append counts as stored.
package enum Durability: String, Sendable, CaseIterable {
    /// When the disk has it: `synchronous=FULL`, one fsync of the WAL per commit. Survives a power
    /// cut.
    case disk
    /// When the operating system has it: `synchronous=NORMAL`, no fsync per commit. Survives the
    /// end of the process, not of the machine. `OFF` would save the fsyncs of checkpoints too, but
    /// a power cut could then damage the file itself; this way it only loses its newest commits.
    case os

    var pragma: String {
        switch self {
        case .disk: "FULL"
        case .os: "NORMAL"
        }
    }
}
