/// A regular expression of a matcher: it matches a whole value or not at all, in linear time.
package struct LabelPattern: Sendable {
    private let program: PatternProgram
    private var states: PatternStates

    package init(_ pattern: String) throws(LabelPatternError) {
        program = try PatternProgram(pattern)
        states = PatternStates(program)
    }

    /// The only values that match, where these are few and plain: `a|b|c`.
    package var literals: [String]? { program.literals }

    /// The names of groups, in order; nil for those without.
    package var groups: [String?] { program.groups }

    /// Remembers what it has learnt about the expression, so it gets faster.
    package mutating func matches(_ value: Span<UInt8>) -> Bool {
        states.matches(value)
    }

    package mutating func matches(_ value: String) -> Bool {
        states.matches(Array(value.utf8).span)
    }

    /// Where the groups are in the UTF-8 of a value that matches: first the whole, then each, nil
    /// where it took no part. Nil when the value doesn't match. Of several ways the one that
    /// Perl would find.
    package func captures(in value: [UInt8]) -> [Range<Int>?]? {
        var threads = [Thread(places: [Int](repeating: -1, count: groups.count * 2 + 2))]
        threads = follow(program.start, threads[0], at: 0, in: value)
        for index in value.indices {
            var next: [Thread] = []
            var seen = Set<Int>()
            for thread in threads {
                guard case .byte(let range, let place) = program.steps[thread.step],
                    range.contains(value[index])
                else { continue }
                next += follow(place, thread, at: index + 1, in: value, &seen)
            }
            threads = next
            if threads.isEmpty { return nil }
        }
        guard let winner = threads.first(where: { program.steps[$0.step] == .match }) else {
            return nil
        }
        var ranges: [Range<Int>?] = [0..<value.count]
        for group in 0..<groups.count {
            let (start, end) = (winner.places[group * 2 + 2], winner.places[group * 2 + 3])
            ranges.append(start >= 0 && end >= start ? start..<end : nil)
        }
        return ranges
    }

    private struct Thread {
        var step = 0
        var places: [Int]
    }

    private func follow(
        _ step: Int,
        _ thread: Thread,
        at index: Int,
        in value: [UInt8]
    ) -> [Thread] {
        var seen = Set<Int>()
        return follow(step, thread, at: index, in: value, &seen)
    }

    /// The steps that are reached without reading, by preference.
    private func follow(
        _ step: Int,
        _ thread: Thread,
        at index: Int,
        in value: [UInt8],
        _ seen: inout Set<Int>
    ) -> [Thread] {
        var reached: [Thread] = []
        var waiting = [Thread(step: step, places: thread.places)]
        while var thread = waiting.popLast() {
            guard seen.insert(thread.step).inserted else { continue }
            switch program.steps[thread.step] {
            case .byte, .match: reached.append(thread)
            case .split(let one, let other):
                waiting.append(Thread(step: other, places: thread.places))
                waiting.append(Thread(step: one, places: thread.places))
            case .save(let place, let next):
                thread.places[place] = index
                thread.step = next
                waiting.append(thread)
            case .textStart(let next):
                thread.step = next
                if index == 0 { waiting.append(thread) }
            case .textEnd(let next):
                thread.step = next
                if index == value.count { waiting.append(thread) }
            }
        }
        return reached
    }
}
