/// What makes one text of another, line by line: Myers's algorithm, with a bound on its effort.
struct TextDifference: Sendable, Hashable {
    enum Kind: String, Sendable {
        case same, removed, added
    }

    let kind: Kind
    let text: String

    var json: JSON { ["kind": .string(kind.rawValue), "text": .string(text)] }

    /// Beyond so many differing lines all of one text is shown as removed and all of the other as
    /// added.
    private static let effortMaximum = 2000

    /// Runs of lines that are the same, removed, or added.
    static func lines(from before: String, to after: String) -> [TextDifference] {
        let old = before.split(separator: "\n", omittingEmptySubsequences: false)
        let new = after.split(separator: "\n", omittingEmptySubsequences: false)
        let head = zip(old, new).prefix { $0 == $1 }.count
        let most = min(old.count, new.count) - head
        let tail = zip(old.reversed(), new.reversed()).prefix(most).prefix { $0 == $1 }.count
        let (left, right) = (old[head..<old.count - tail], new[head..<new.count - tail])
        var runs: [(Kind, [Substring])] = [(.same, Array(old[..<head]))]
        runs += middle(left, right)
        runs.append((.same, Array(old[(old.count - tail)...])))
        return joined(runs)
    }

    private static func middle(
        _ left: ArraySlice<Substring>,
        _ right: ArraySlice<Substring>
    ) -> [(Kind, [Substring])] {
        guard left.count + right.count <= effortMaximum else {
            return [(.removed, Array(left)), (.added, Array(right))]
        }
        let changes = Array(right).difference(from: Array(left))
        var removed: Set<Int> = []
        var added: [Int: Substring] = [:]
        for change in changes {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, let line, _): added[offset] = line
            }
        }
        var runs: [(Kind, [Substring])] = []
        var position = 0
        for (index, line) in left.enumerated() {
            if removed.contains(index) {
                runs.append((.removed, [line]))
                continue
            }
            while let line = added[position] {
                runs.append((.added, [line]))
                position += 1
            }
            runs.append((.same, [line]))
            position += 1
        }
        while let line = added[position] {
            runs.append((.added, [line]))
            position += 1
        }
        return runs
    }

    private static func joined(_ runs: [(Kind, [Substring])]) -> [TextDifference] {
        var joined: [(Kind, [Substring])] = []
        for run in runs where !run.1.isEmpty {
            if let last = joined.last, last.0 == run.0 {
                joined[joined.count - 1].1 += run.1
            } else {
                joined.append(run)
            }
        }
        return joined.map { TextDifference(kind: $0.0, text: $0.1.joined(separator: "\n")) }
    }
}
