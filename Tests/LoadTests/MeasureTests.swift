import Testing

@testable import LoadTest

/// If these fail, the figures in the tables are wrong.
struct MeasureTests {
    @Test("Percentiles are within two percent of the sorted values")
    func percentiles() {
        var dice = Dice(seed: 3)
        var histogram = Histogram()
        var values: [Int] = []
        for _ in 0..<10_000 {
            let value = Int(dice.next() >> (24 + dice.next() % 30))
            values.append(value)
            histogram.add(Int64(value))
        }
        values.sort()
        for share in [0.01, 0.5, 0.95, 0.99, 0.999] {
            let exact = Double(values[Int((10_000 * share).rounded(.up)) - 1])
            let found = Double(histogram.value(at: share))
            #expect(found >= exact && found <= exact * 1.02 + 1)
        }
        #expect(histogram.value(at: 1) == values.last)
    }

    @Test("An empty histogram and extreme durations do no harm")
    func extremes() {
        var histogram = Histogram()
        #expect(histogram.value(at: 0.5) == 0)
        histogram.add(-5)
        histogram.add(.max)
        #expect(histogram.value(at: 0.1) == 0)
        #expect(histogram.largest == Int(Int64.max))
        _ = histogram.value(at: 1)
    }

    @Test("Numbers are rounded and grouped as people read them")
    func numbers() {
        #expect(Decimal.grouped(1_234_567) == "1,234,567")
        #expect(Decimal.grouped(-12) == "-12")
        #expect(Decimal.plain(0.005, decimals: 2) == "0.01")
        #expect(Decimal.plain(-1.25, decimals: 1) == "-1.3")
        #expect(Decimal.text(12_345.678, decimals: 1) == "12,345.7")
        #expect(Decimal.text(1_000_000, decimals: 0) == "1,000,000")
    }

    @Test("The middle of an even number of rounds lies between two")
    func median() {
        #expect(Median.of([3, 1, 2]) == 2)
        #expect(Median.of([4, 1, 2, 3]) == 2.5)
        #expect(Median.of([]) == nil)
    }

    @Test("A report's JSON escapes what it quotes, and counts violations")
    func json() {
        var report = Report("x", seed: 5)
        let violations = Violations()
        violations.add("a \"quoted\" \n word")
        report.add("rate", 1.5, decimals: 1)
        report.add("empty", Double.infinity)
        report.add(violations)
        #expect(
            report.json == #"{"scenario":"x","seed":5,"rate":1.5,"empty":null,"violations":1,"#
                + #""first_violations":["a \"quoted\"   word"]}"#
        )
        #expect(!report.isClean)
        #expect(report["rate"] == 1.5)
    }

    @Test("The hub's line says its port, among other lines and addresses")
    func port() {
        let line = "x\nmartlet serves on http://127.0.0.1:41234 (data ./data, durability disk)\n"
        #expect(Launcher.port(in: line) == 41234)
        let two = "martlet serves on http://127.0.0.1:41234, http://[::1]:5"
        #expect(Launcher.port(in: two) == 41234)
        #expect(Launcher.port(in: "martlet serves on unix:/x") == nil)
        #expect(Launcher.port(in: "") == nil)
    }

    @Test("A process that runs has used memory, and one that doesn't exist has not")
    func usage() {
        #expect(Usage.ofThisProcess().residentBytes > 1 << 20)
        #expect(Usage.of(-1).residentBytes == 0)
    }
}
