/// The query of a request's target, as name and value pairs.
struct Query: Sendable {
    private static let pairsMaximum = 64

    private let pairs: [(name: String, value: String)]

    /// Nil when it isn't percent-encoded UTF-8 or has too many pairs.
    init?(_ text: Substring) {
        guard !text.isEmpty else {
            pairs = []
            return
        }
        var pairs: [(name: String, value: String)] = []
        for pair in text.split(separator: "&") {
            guard pairs.count < Self.pairsMaximum else { return nil }
            let equals = pair.utf8.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            let value = equals == pair.endIndex ? "" : pair[pair.utf8.index(after: equals)...]
            guard let name = PercentCoding.decode(pair[..<equals], plusIsSpace: true),
                let value = PercentCoding.decode(value, plusIsSpace: true)
            else { return nil }
            pairs.append((name, value))
        }
        self.pairs = pairs
    }

    static let empty = Query(pairs: [])

    private init(pairs: [(name: String, value: String)]) {
        self.pairs = pairs
    }

    func values(of name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    /// The first value of that name.
    subscript(name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }
}
