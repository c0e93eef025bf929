/// Reads a regular expression of RE2's syntax, as PromQL's matchers have them.
///
/// Not there: Unicode classes by name (`\pL`), word boundaries, and the flags `m` and `U`.
struct PatternParser {
    /// What RE2 allows.
    private static let repetitionsMaximum = 1000
    private static let depthMaximum = 100

    private let pattern: String
    private let scalars: [Unicode.Scalar]
    private var at = 0
    private var depth = 0
    private var ignoresCase = false
    private var dotMatchesNewline = true
    /// The names of groups, in order; nil for those without.
    private(set) var groups: [String?] = []

    init(_ pattern: String) {
        self.pattern = pattern
        scalars = Array(pattern.unicodeScalars)
    }

    mutating func parse() throws(LabelPatternError) -> PatternNode {
        let node = try choice()
        guard at == scalars.count else { throw failure("unexpected )") }
        return node
    }

    private func failure(_ reason: String) -> LabelPatternError {
        LabelPatternError(pattern: pattern, reason: reason)
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard at < scalars.count, scalars[at] == scalar else { return false }
        at += 1
        return true
    }

    private mutating func next() throws(LabelPatternError) -> Unicode.Scalar {
        guard at < scalars.count else { throw failure("unexpected end") }
        defer { at += 1 }
        return scalars[at]
    }

    private mutating func choice() throws(LabelPatternError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMaximum else { throw failure("expression nests too deeply") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(LabelPatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        while at < scalars.count, scalars[at] != "|", scalars[at] != ")" {
            if scalars[at] == "\\", at + 1 < scalars.count, scalars[at + 1] == "Q" {
                let quoted = quotation()
                nodes += quoted.dropLast()
                if let last = quoted.last { nodes.append(try repeated(last)) }
                continue
            }
            guard let node = try atom() else { continue }
            nodes.append(try repeated(node))
        }
        return nodes.isEmpty ? .empty : nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    /// What is between `\Q` and `\E` stands for itself.
    private mutating func quotation() -> [PatternNode] {
        at += 2
        var nodes: [PatternNode] = []
        while at < scalars.count {
            if scalars[at] == "\\", at + 1 < scalars.count, scalars[at + 1] == "E" {
                at += 2
                break
            }
            nodes.append(.set(literal(scalars[at])))
            at += 1
        }
        return nodes
    }

    private func literal(_ scalar: Unicode.Scalar) -> ScalarSet {
        ignoresCase ? ScalarSet(scalar).ignoringCase : ScalarSet(scalar)
    }

    /// Nil for what only changes flags.
    private mutating func atom() throws(LabelPatternError) -> PatternNode? {
        let scalar = try next()
        switch scalar {
        case "(": return try group()
        case "[": return .set(try bracket())
        case ".": return .set(dotMatchesNewline ? .any : ScalarSet([0x0A...0x0A]).inverted)
        case "^": return .textStart
        case "$": return .textEnd
        case "*", "+", "?": throw failure("missing argument to repetition operator: `\(scalar)`")
        case "\\":
            if take("A") { return .textStart }
            if take("z") { return .textEnd }
            return .set(try escape())
        default: return .set(literal(scalar))
        }
    }

    // MARK: Repetition

    private mutating func repeated(_ node: PatternNode) throws(LabelPatternError) -> PatternNode {
        var node = node
        var isRepeated = false
        while at < scalars.count {
            let bounds: (Int, Int?)
            switch scalars[at] {
            case "*": bounds = (0, nil)
            case "+": bounds = (1, nil)
            case "?": bounds = (0, 1)
            case "{":
                guard let counted = try counts() else { return node }
                bounds = counted
                at -= 1
            default: return node
            }
            if isRepeated { throw failure("invalid nested repetition operator") }
            at += 1
            let isGreedy = !take("?")
            node = .repetition(node, least: bounds.0, most: bounds.1, isGreedy: isGreedy)
            isRepeated = true
        }
        return node
    }

    /// `{2}`, `{2,}` or `{2,3}`; nil for braces that stand for themselves.
    private mutating func counts() throws(LabelPatternError) -> (Int, Int?)? {
        let start = at
        at += 1
        guard let least = number() else { return unread(start) }
        var most: Int? = least
        if take(",") {
            most = at < scalars.count && scalars[at] == "}" ? nil : number()
            if most == nil, at < scalars.count, scalars[at] != "}" { return unread(start) }
        }
        guard take("}") else { return unread(start) }
        guard least <= Self.repetitionsMaximum, most ?? least <= Self.repetitionsMaximum,
            most ?? least >= least
        else { throw failure("invalid repeat count") }
        return (least, most)
    }

    private mutating func unread(_ start: Int) -> (Int, Int?)? {
        at = start
        return nil
    }

    private mutating func number() -> Int? {
        var value: Int?
        while at < scalars.count, let digit = scalars[at].decimal {
            value = min((value ?? 0) * 10 + digit, Self.repetitionsMaximum + 1)
            at += 1
        }
        return value
    }

    // MARK: Groups

    private mutating func group() throws(LabelPatternError) -> PatternNode? {
        let flags = (ignoresCase, dotMatchesNewline)
        guard take("?") else { return try captured(nil, flags) }
        if take("P") || at + 1 < scalars.count && scalars[at] == "<" && scalars[at + 1] != "=" {
            guard take("<") else { throw failure("invalid named capture") }
            var name = ""
            while true {
                let scalar = try next()
                if scalar == ">" { break }
                name.unicodeScalars.append(scalar)
            }
            guard !name.isEmpty else { throw failure("invalid named capture") }
            return try captured(name, flags)
        }
        return try flagged(flags)
    }

    private mutating func captured(
        _ name: String?,
        _ flags: (Bool, Bool)
    ) throws(LabelPatternError) -> PatternNode {
        groups.append(name)
        let number = groups.count
        let node = try choice()
        guard take(")") else { throw failure("missing closing )") }
        (ignoresCase, dotMatchesNewline) = flags
        return .group(node, number: number)
    }

    /// `(?i)` for what follows, or `(?i:…)` and `(?:…)`.
    private mutating func flagged(
        _ flags: (Bool, Bool)
    ) throws(LabelPatternError) -> PatternNode? {
        var isOn = true
        while true {
            switch try next() {
            case "i": ignoresCase = isOn
            case "s": dotMatchesNewline = isOn
            case "-" where isOn: isOn = false
            case ")": return nil
            case ":":
                let node = try choice()
                guard take(")") else { throw failure("missing closing )") }
                (ignoresCase, dotMatchesNewline) = flags
                return node
            default: throw failure("invalid or unsupported Perl syntax")
            }
        }
    }

    // MARK: Classes

    /// After a backslash.
    private mutating func escape() throws(LabelPatternError) -> ScalarSet {
        let scalar = try next()
        switch scalar {
        case "d": return .digits
        case "D": return .digits.inverted
        case "s": return .spaces
        case "S": return .spaces.inverted
        case "w": return .wordParts
        case "W": return .wordParts.inverted
        default: return literal(try escapedScalar(scalar))
        }
    }

    private mutating func escapedScalar(
        _ scalar: Unicode.Scalar
    ) throws(LabelPatternError) -> Unicode.Scalar {
        switch scalar {
        case "n": return "\n"
        case "t": return "\t"
        case "r": return "\r"
        case "f": return "\u{0C}"
        case "v": return "\u{0B}"
        case "a": return "\u{07}"
        case "x": return try hexadecimal()
        default:
            let isPunctuation = scalar.value < 0x80 && !scalar.properties.isAlphabetic
            guard isPunctuation, scalar.decimal == nil else {
                throw failure("invalid escape sequence: `\\\(scalar)`")
            }
            return scalar
        }
    }

    private mutating func hexadecimal() throws(LabelPatternError) -> Unicode.Scalar {
        var digits = ""
        if take("{") {
            while !take("}") { digits.unicodeScalars.append(try next()) }
        } else {
            for _ in 0..<2 { digits.unicodeScalars.append(try next()) }
        }
        guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
            throw failure("invalid escape sequence: `\\x\(digits)`")
        }
        return scalar
    }

    /// After `[`.
    private mutating func bracket() throws(LabelPatternError) -> ScalarSet {
        let isInverted = take("^")
        var set = ScalarSet([])
        var isFirst = true
        while isFirst || !take("]") {
            isFirst = false
            guard at < scalars.count else { throw failure("missing closing ]") }
            if let named = try posixClass() {
                set = set.union(named)
                continue
            }
            let low = try member()
            guard let start = low.single, at + 1 < scalars.count, scalars[at] == "-",
                scalars[at + 1] != "]"
            else {
                set = set.union(low)
                continue
            }
            at += 1
            guard let end = try member().single, end >= start else {
                throw failure("invalid character class range")
            }
            set = set.union(ScalarSet([start...end]))
        }
        if ignoresCase { set = set.ignoringCase }
        return isInverted ? set.inverted : set
    }

    private mutating func posixClass() throws(LabelPatternError) -> ScalarSet? {
        guard scalars[at] == "[", at + 1 < scalars.count, scalars[at + 1] == ":" else {
            return nil
        }
        at += 2
        let isInverted = take("^")
        var name = ""
        while !take(":") { name.unicodeScalars.append(try next()) }
        guard take("]"), let set = ScalarSet.posix(name) else {
            throw failure("invalid character class range: `[:\(name):]`")
        }
        return isInverted ? set.inverted : set
    }

    private mutating func member() throws(LabelPatternError) -> ScalarSet {
        let scalar = try next()
        guard scalar == "\\" else { return ScalarSet(scalar) }
        let isClass = at < scalars.count && "dDsSwW".unicodeScalars.contains(scalars[at])
        if isClass { return try escape() }
        return ScalarSet(try escapedScalar(try next()))
    }
}

extension ScalarSet {
    /// Its only scalar.
    fileprivate var single: UInt32? {
        guard ranges.count == 1, ranges[0].count == 1 else { return nil }
        return ranges[0].lowerBound
    }
}

extension Unicode.Scalar {
    fileprivate var decimal: Int? {
        (0x30...0x39).contains(value) ? Int(value - 0x30) : nil
    }
}
