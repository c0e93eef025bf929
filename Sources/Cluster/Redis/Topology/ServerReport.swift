/// What INFO says, line by line: `name:value`.

struct ServerReport {
    private var values: [Substring: Substring] = [:]

    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            values[line[..<colon]] = line[line.index(after: colon)...]
        }
    }

    subscript(name: String) -> String? {
        values[name[...]].map(String.init)
    }
}
