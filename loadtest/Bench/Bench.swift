import Glibc

/// Runs every bar, each scenario on a fresh server with fresh data, and collects the table.
final class Bench {
    let launcher: Launcher
    let client: ClientLoop
    let isQuick: Bool
    let rounds: Int
    let seed: UInt64
    private let show: (Report) -> Void
    private(set) var bars: [Bar] = []
    private(set) var isClean = true

    init(
        _ launcher: Launcher,
        _ client: ClientLoop,
        isQuick: Bool,
        rounds: Int,
        seed: UInt64,
        show: @escaping (Report) -> Void
    ) {
        self.launcher = launcher
        self.client = client
        self.isQuick = isQuick
        self.rounds = rounds
        self.seed = seed
        self.show = show
    }

    var table: String { Bar.table(bars, rounds: rounds) }

    func add(_ bar: Bar) {
        bars.append(bar)
    }

    func keep(_ report: Report) {
        show(report)
        if !report.isClean { isClean = false }
    }

    /// A scenario that breaks off is a bar that was missed, and no reason not to go on.
    func attempt(
        _ name: String,
        _ demand: String,
        _ body: () async throws(LoadFailure) -> Bar
    ) async {
        do throws(LoadFailure) {
            add(try await body())
        } catch {
            isClean = false
            add(Bar(name: name, demand: demand, measured: "\(error)", verdict: .missed))
        }
    }

    func withServer<Value>(
        _ kind: ServerKind = .hub,
        durability: String,
        _ body: (Server) async throws(LoadFailure) -> Value
    ) async throws(LoadFailure) -> Value {
        let server = try launcher.start(kind, durability: durability)
        defer { server.stop() }
        return try await body(server)
    }
}
