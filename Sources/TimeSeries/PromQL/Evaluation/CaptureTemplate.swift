/// The replacement of `label_replace`: text with `$1`, `$name`, `${1}` and `${name}` in it.
struct CaptureTemplate {
    private enum Part {
        case text([UInt8])
        /// Nil: a group that the pattern does not have, which is empty.
        case group(Int?)
    }

    private var parts: [Part] = []

    /// `groups` are the names of the pattern's groups, from the first.
    init(_ template: String, groups: [String?]) {
        var rest = template.utf8[...]
        let dollar = UInt8(ascii: "$")
        while let byte = rest.popFirst() {
            if byte != dollar {
                parts.append(.text([byte] + rest.prefix { $0 != dollar }))
                rest = rest.drop { $0 != dollar }
            } else if rest.first == dollar {
                rest = rest.dropFirst()
                parts.append(.text([dollar]))
            } else if let name = Self.takeName(&rest) {
                parts.append(.group(Self.number(of: name, groups)))
            } else {
                parts.append(.text([dollar]))
            }
        }
    }

    /// The longest name there is, unless braces say where it ends.
    private static func takeName(_ rest: inout Substring.UTF8View) -> String? {
        let isBraced = rest.first == UInt8(ascii: "{")
        let after = isBraced ? rest.dropFirst() : rest
        let name = after.prefix(while: \.isWord)
        guard !name.isEmpty else { return nil }
        var end = after.dropFirst(name.count)
        if isBraced {
            guard end.popFirst() == UInt8(ascii: "}") else { return nil }
        }
        rest = end
        return String(Substring(name))
    }

    private static func number(of name: String, _ groups: [String?]) -> Int? {
        if let number = Int(name) { return number <= groups.count ? number : nil }
        return groups.lastIndex(of: name).map { $0 + 1 }
    }

    /// With what the groups matched of a value, the whole first; nil when it would be longer than
    /// so many bytes.
    func filled(
        from value: [UInt8],
        _ captures: [Range<Int>?],
        upTo maximum: Int
    ) -> String? {
        var filled: [UInt8] = []
        for part in parts {
            switch part {
            case .text(let bytes):
                guard filled.count + bytes.count <= maximum else { return nil }
                filled += bytes
            case .group(let number):
                guard let number, let range = captures[number] else { continue }
                guard filled.count + range.count <= maximum else { return nil }
                filled += value[range]
            }
        }
        return String(decoding: filled, as: UTF8.self)
    }
}
