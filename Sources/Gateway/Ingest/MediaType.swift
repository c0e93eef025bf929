/// A media type with its parameters, as `Content-Type` has it.
struct MediaType: Sendable, Hashable {
    /// In lower case.
    let essence: String
    /// Names in lower case; values as they are, without their quotes.
    let parameters: [String: String]

    init(_ text: String) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
            .map { Self.trim($0) }
        essence = (parts.first ?? "").lowercased()
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else { continue }
            let value = Self.trim(sides[1])
            let isQuoted = value.count >= 2 && value.first == "\"" && value.last == "\""
            let name = Self.trim(sides[0]).lowercased()
            parameters[name] = isQuoted ? String(value.dropFirst().dropLast()) : value
        }
        self.parameters = parameters
    }

    private static func trim(_ text: some StringProtocol) -> String {
        var rest = text[...]
        while rest.first == " " || rest.first == "\t" { rest = rest.dropFirst() }
        while rest.last == " " || rest.last == "\t" { rest = rest.dropLast() }
        return String(rest)
    }
}
