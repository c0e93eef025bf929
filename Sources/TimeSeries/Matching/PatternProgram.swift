/// A regular expression as steps of a machine that reads bytes (Thompson's construction).
struct PatternProgram: Sendable {
    enum Step: Sendable, Hashable {
        /// Reads a byte of that range.
        case byte(ClosedRange<UInt8>, next: Int)
        /// Goes on at both, the first by preference.
        case split(Int, Int)
        /// Remembers the place: twice a group's number, and one more at its end.
        case save(Int, next: Int)
        case textStart(next: Int)
        case textEnd(next: Int)
        case match
    }

    /// So that no expression takes too long for each byte.
    private static let stepsMaximum = 10_000
    /// Repetitions of nothing make no steps, and take time all the same.
    private static let visitsMaximum = 10 * stepsMaximum

    private(set) var steps: [Step] = [.match]
    private(set) var start = 0
    private var visits = 0
    let groups: [String?]
    /// The only texts that match, where these are few and plain.
    let literals: [String]?

    init(_ pattern: String) throws(LabelPatternError) {
        var parser = PatternParser(pattern)
        let node = try parser.parse()
        groups = parser.groups
        literals = node.literals
        guard let start = compile(node, next: 0) else {
            throw LabelPatternError(pattern: pattern, reason: "expression too large")
        }
        self.start = start
    }

    private mutating func add(_ step: Step) -> Int? {
        guard steps.count < Self.stepsMaximum else { return nil }
        steps.append(step)
        return steps.count - 1
    }

    /// Where the node's steps begin, which go on at `next`; nil when there are too many. Built from
    /// the end, so that each step knows what follows.
    private mutating func compile(_ node: PatternNode, next: Int) -> Int? {
        visits += 1
        guard visits <= Self.visitsMaximum else { return nil }
        switch node {
        case .empty: return next
        case .set(let set): return compile(set, next: next)
        case .sequence(let nodes):
            var place = next
            for node in nodes.reversed() {
                guard let start = compile(node, next: place) else { return nil }
                place = start
            }
            return place
        case .choice(let nodes):
            var starts: [Int] = []
            for node in nodes {
                guard let start = compile(node, next: next) else { return nil }
                starts.append(start)
            }
            return choose(among: starts)
        case .repetition(let node, let least, let most, let isGreedy):
            return compile(node, least, most, isGreedy, next: next)
        case .group(let node, let number):
            guard let end = add(.save(number * 2 + 1, next: next)),
                let start = compile(node, next: end)
            else { return nil }
            return add(.save(number * 2, next: start))
        case .textStart: return add(.textStart(next: next))
        case .textEnd: return add(.textEnd(next: next))
        }
    }

    private mutating func compile(_ set: ScalarSet, next: Int) -> Int? {
        var starts: [Int] = []
        // Sequences that end alike share their end.
        var shared: [Step: Int] = [:]
        for sequence in set.byteSequences {
            var place = next
            for range in sequence.reversed() {
                let step = Step.byte(range, next: place)
                guard let found = shared[step] ?? add(step) else { return nil }
                shared[step] = found
                place = found
            }
            starts.append(place)
        }
        return choose(among: starts)
    }

    private mutating func choose(among starts: [Int]) -> Int? {
        // FF is no byte of UTF-8: an empty class matches nothing.
        guard var place = starts.last else { return add(.byte(0xFF...0xFF, next: 0)) }
        for start in starts.dropLast().reversed() {
            guard let split = add(.split(start, place)) else { return nil }
            place = split
        }
        return place
    }

    private mutating func compile(
        _ node: PatternNode,
        _ least: Int,
        _ most: Int?,
        _ isGreedy: Bool,
        next: Int
    ) -> Int? {
        var place = next
        if let most {
            for _ in least..<most {
                guard let start = compile(node, next: place),
                    let split = add(isGreedy ? .split(start, next) : .split(next, start))
                else { return nil }
                place = split
            }
        } else {
            guard let loop = add(.match), let start = compile(node, next: loop) else { return nil }
            steps[loop] = isGreedy ? .split(start, next) : .split(next, start)
            place = loop
        }
        for _ in 0..<least {
            guard let start = compile(node, next: place) else { return nil }
            place = start
        }
        return place
    }
}
