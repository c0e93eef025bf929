import Testing

@testable import Hub

/// If these fail, viewers wait although the hub is idle, or make it look all the time.
@Suite("Looks of views")
struct LookBudgetTests {
    @Test("Some looks are free, and then there are twenty a second at the most")
    func bounded() {
        var budget = LookBudget()
        var time: Int64 = 1_795_400_000_000
        var looks = 0
        let end = time + 10_000
        while time < end {
            looks += 1
            let pause = budget.pause(at: Timestamp(milliseconds: time))
            if looks < 10 { #expect(pause == .zero) }
            time += max(1, pause.milliseconds)
        }
        #expect((200...215).contains(looks))
        // After a rest some are free again.
        time += 5000
        #expect(budget.pause(at: Timestamp(milliseconds: time)) == .zero)
    }
}
