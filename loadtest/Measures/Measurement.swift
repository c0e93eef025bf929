/// What server and client used between two moments.
struct Measurement {
    private let server: Server
    private let start = Clock.now()
    private let serverBefore: Usage
    private let clientBefore = Usage.ofThisProcess()

    init(_ server: Server) {
        self.server = server
        serverBefore = server.usage
    }

    struct Outcome {
        let seconds: Double
        /// The resident bytes in it are what was added.
        let server: Usage
        let client: Usage
        let residentBytes: Int
    }

    func end() -> Outcome {
        let after = server.usage
        return Outcome(
            seconds: Clock.seconds(Clock.now() - start),
            server: after - serverBefore,
            client: Usage.ofThisProcess() - clientBefore,
            residentBytes: after.residentBytes
        )
    }
}

extension Report {
    /// The figures that every scenario has: a rate, and what it cost on both sides.
    mutating func add(
        _ what: String,
        per unit: String,
        count: Int,
        _ outcome: Measurement.Outcome
    ) {
        add("seconds", outcome.seconds)
        add("\(what)_per_second", Double(count) / outcome.seconds, decimals: 0)
        let each = Double(max(count, 1))
        add("server_us_per_\(unit)", outcome.server.cpuSeconds * 1e6 / each, decimals: 3)
        add("server_user_us_per_\(unit)", outcome.server.userSeconds * 1e6 / each, decimals: 3)
        add("client_us_per_\(unit)", outcome.client.cpuSeconds * 1e6 / each, decimals: 3)
        addCosts(outcome)
    }

    mutating func addCosts(_ outcome: Measurement.Outcome) {
        add("server_cores", outcome.server.cpuSeconds / outcome.seconds)
        add("client_cores", outcome.client.cpuSeconds / outcome.seconds)
        add("server_rss_mib", Double(outcome.residentBytes) / 1_048_576, decimals: 1)
    }
}
