import Hub
import Testing
import TimeSeries

/// If these fail, one question reads more than the hub's memory holds.
@Suite("What a question may read")
struct SampleBudgetTests {
    @Test("All series and all selections of a question share one count")
    func shared() async throws {
        let bench = StreamBench()
        for host in ["a", "b", "c", "d"] {
            for step in Int64(0)..<5 {
                let at = StreamBench.start - 100_000 + step * 10_000
                try await bench.push("cpu", ["host": .string(host)], 1, at: at)
            }
        }
        let range = try QueryRange(at: StreamBench.start)
        let query = try PromQuery.parse("cpu[10m]")
        let selection = try #require(query.selections(over: range).first)
        var budget = SampleBudget(30)
        let found = try await bench.router.metrics.series(selection, within: &budget)
        #expect(found.count == 4)
        do throws(Rejection) {
            _ = try await bench.router.metrics.series(selection, within: &budget)
            Issue.record("The second selection was read, too.")
        } catch {
            #expect(error.code == .tooLarge)
        }
    }
}
