import Testing

@testable import TimeSeries

@Suite("The index of series")
struct SeriesIndexTests {
    private static let names = ["__name__", "job", "zone", "path"]
    private static let values = ["", "a", "b", "ab", "abc", "ba", "ü", "x1", "x2"]

    private static func randomLabels(_ random: inout SeededNumbers) -> Labels {
        Labels(names.map { ($0, values.randomElement(using: &random) ?? "") })
    }

    private static func randomMatcher(_ random: inout SeededNumbers) -> LabelMatcher {
        let name = (names + ["none"]).randomElement(using: &random) ?? ""
        let patterns = ["a.*", "a|b", "", "x[0-9]", "(a|b)+", ".+", ".*", "a?", "ü|a"]
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return LabelMatcher(name, .equal, values.randomElement(using: &random) ?? "")
        case 1: return LabelMatcher(name, .notEqual, values.randomElement(using: &random) ?? "")
        case 2: return LabelMatcher(name, .matches, patterns.randomElement(using: &random) ?? "")
        default:
            return LabelMatcher(name, .matchesNot, patterns.randomElement(using: &random) ?? "")
        }
    }

    @Test(
        "A selector finds what looking at each series finds",
        arguments: 1...3 as ClosedRange<UInt64>
    )
    func bruteForce(_ seed: UInt64) throws {
        var random = SeededNumbers(seed)
        var index = SeriesIndex()
        var all: [Int: Labels] = [:]
        for round in 0..<500 {
            let labels = Self.randomLabels(&random)
            if labels.isEmpty { continue }
            let found = index.find(labels.bytes, 0..<labels.bytes.count)
            #expect(found == all.first { $0.value == labels }?.key)
            if let found {
                if Int.random(in: 0..<3, using: &random) == 0 {
                    index.remove(found)
                    all[found] = nil
                }
            } else {
                let inserted = index.insert(labels.bytes, 0..<labels.bytes.count)
                let slot = try #require(inserted)
                #expect(all[slot] == nil)
                all[slot] = labels
            }
            #expect(index.count == all.count)
            if round % 5 == 0 { try select(index, all, &random) }
        }
        for (slot, labels) in all {
            #expect(index.labels(slot) == labels)
            index.remove(slot)
        }
        #expect(index.count == 0)
        #expect(index.postings.names.isEmpty)
    }

    private func select(
        _ index: SeriesIndex,
        _ all: [Int: Labels],
        _ random: inout SeededNumbers
    ) throws {
        let matchers = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            Self.randomMatcher(&random)
        }
        let selector = try SeriesSelector(matchers)
        var looking = selector
        var expected: [Int: Labels] = [:]
        for (slot, labels) in all where looking.matches(labels) { expected[slot] = labels }
        let found = index.select(selector)
        #expect(found.map(Int.init) == expected.keys.sorted(), "\(matchers)")
        let names = Set(expected.values.flatMap { $0.all.map(\.name) })
        #expect(index.labelNames(selector) == names)
        let jobs = Set(expected.values.compactMap { $0["job"] })
        #expect(index.labelValues("job", selector) == jobs)
    }

    @Test("Without a selector names and values are those of all series")
    func names() {
        var index = SeriesIndex()
        for labels in [Labels([("a", "1"), ("b", "1")]), Labels([("a", "2")])] {
            _ = index.insert(labels.bytes, 0..<labels.bytes.count)
        }
        #expect(index.labelNames(nil) == ["a", "b"])
        #expect(index.labelValues("a", nil) == ["1", "2"])
        #expect(index.labelValues("c", nil) == [])
    }

    @Test("Values that Unicode calls equal are two")
    func canonicalEquivalence() throws {
        var index = SeriesIndex()
        for value in ["\u{E9}", "e\u{301}"] {
            let labels = Labels([("a", value)])
            _ = index.insert(labels.bytes, 0..<labels.bytes.count)
        }
        let selector = try SeriesSelector([LabelMatcher("a", .equal, "\u{E9}")])
        #expect(index.select(selector) == [0])
    }

    @Test("Figures tell which labels make series many")
    func cardinality() {
        var index = SeriesIndex()
        for number in 0..<30 {
            let labels = Labels([("__name__", number < 20 ? "m" : "n"), ("id", "\(number)")])
            _ = index.insert(labels.bytes, 0..<labels.bytes.count)
        }
        let figures = index.postings.cardinality(limit: 2)
        #expect(figures.seriesByMetric.map(\.name) == ["m", "n"])
        #expect(figures.seriesByMetric.map(\.count) == [20, 10])
        #expect(figures.valuesByLabel.map(\.name) == ["id", "__name__"])
        #expect(figures.seriesByPair.first == .init(name: "__name__=m", count: 20))
        #expect(figures.labelPairs == 32)
        let both = Cardinality.merged([figures, figures], limit: 1)
        #expect(both.seriesByMetric == [.init(name: "m", count: 40)])
    }
}
