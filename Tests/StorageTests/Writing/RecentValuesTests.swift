import Testing

@testable import Storage

/// A bounded memory forgets what wasn't used, and only that.
@Suite struct RecentValuesTests {
    @Test("At least half of the limit stays, and never more than the limit")
    func bound() {
        var values = RecentValues<Int, Int>(limit: 10)
        for number in 0..<1_000 {
            values[number] = -number
            #expect(values.count <= 10)
            // Looking at a value makes it a recent one: in a copy it doesn't.
            var copy = values
            #expect(copy[max(0, number - 4)] == -max(0, number - 4))
        }
        #expect(values[900] == nil)
    }

    @Test("A value that is used stays, a replaced one is the new one, a removed one is gone")
    func use() {
        var values = RecentValues<String, Int>(limit: 4)
        values["kept"] = 1
        for number in 0..<100 {
            values["\(number)"] = number
            #expect(values["kept"] == 1)
        }
        values["kept"] = 2
        #expect(values["kept"] == 2)
        values["kept"] = nil
        #expect(values["kept"] == nil)
    }
}
