/// Which metrics of a target are kept, by name.
package struct NameFilter: Sendable {
    /// Must match the whole name; nil keeps all.
    package let keep: String?
    package let drop: String?
    private let kept: NamePattern?
    private let dropped: NamePattern?
    private var known: [String: Bool] = [:]

    /// Answers for so many names are remembered; a target with more asks the patterns again.
    private static let knownMaximum = 20_000

    /// Nil if a pattern is none.
    package init?(keep: String? = nil, drop: String? = nil) {
        self.keep = keep
        self.drop = drop
        do {
            kept = try keep.map { try NamePattern($0) }
            dropped = try drop.map { try NamePattern($0) }
        } catch {
            return nil
        }
    }

    package mutating func admits(_ name: String) -> Bool {
        guard kept != nil || dropped != nil else { return true }
        if let answer = known[name] { return answer }
        let answer = kept?.matches(name) != false && dropped?.matches(name) != true
        if known.count >= Self.knownMaximum { known.removeAll(keepingCapacity: true) }
        known[name] = answer
        return answer
    }
}
