import Foundation

/// The seed of all differential tests: always the same, but for the variable that repeats a case
/// or looks for others.
enum DifferentialSeed {
    static let value: UInt64 = {
        let chosen = ProcessInfo.processInfo.environment["CRDT_SEED"].flatMap { UInt64($0) } ?? 1
        print("differential tests: CRDT_SEED=\(chosen)")
        return chosen
    }()

    /// How many times as many cases as usual.
    static let factor =
        ProcessInfo.processInfo.environment["CRDT_CASES"].flatMap { Int($0) } ?? 1

    /// The seeds of one test's cases. A first case is the test's seed itself.
    static func cases(_ count: Int, salt: UInt64) -> [UInt64] {
        (0..<UInt64(count * factor)).map { value &* 1_000_003 &+ salt &* 1_000_000_007 &+ $0 }
    }
}
