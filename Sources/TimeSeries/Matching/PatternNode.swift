/// A regular expression as a tree.
indirect enum PatternNode: Sendable, Hashable {
    case empty
    case set(ScalarSet)
    case sequence([PatternNode])
    case choice([PatternNode])
    /// No upper bound where `most` is nil.
    case repetition(PatternNode, least: Int, most: Int?, isGreedy: Bool)
    case group(PatternNode, number: Int)
    case textStart
    case textEnd

    /// The only texts that match, where these are few and plain: `a|b|c`.
    var literals: [String]? {
        switch self {
        case .empty: return [""]
        case .set(let set):
            guard let range = set.ranges.first, set.ranges.count == 1, range.count == 1,
                let scalar = Unicode.Scalar(range.lowerBound)
            else { return nil }
            return [String(Character(scalar))]
        case .sequence(let nodes):
            var text = ""
            for node in nodes {
                guard case .set = node, let literal = node.literals?.first else { return nil }
                text.unicodeScalars.append(contentsOf: literal.unicodeScalars)
            }
            return [text]
        case .choice(let nodes):
            var all: [String] = []
            for node in nodes {
                guard let literals = node.literals else { return nil }
                all += literals
            }
            return all
        case .group(let node, _): return node.literals
        case .repetition, .textStart, .textEnd: return nil
        }
    }
}
