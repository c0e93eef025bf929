/// One word of a query, and where it stands.
struct PromToken: Sendable {
    enum Kind: Sendable, Hashable {
        case end
        case identifier
        /// A name with a colon, which only a metric may have.
        case metricIdentifier
        case string
        case number
        case duration
        case keyword(PromKeyword)
        case symbol(PromSymbol)
    }

    let kind: Kind
    /// As it is written, quotes and all.
    let text: String
    /// In bytes from the beginning of the query.
    let start: Int

    var end: Int { start + text.utf8.count }

    func isSymbol(_ symbol: PromSymbol) -> Bool { kind == .symbol(symbol) }
    func isKeyword(_ keyword: PromKeyword) -> Bool { kind == .keyword(keyword) }

    var keyword: PromKeyword? {
        if case .keyword(let keyword) = kind { keyword } else { nil }
    }

    var binaryOperator: PromOperator? {
        switch kind {
        case .keyword(let keyword): keyword.binaryOperator
        case .symbol(let symbol): PromOperator(rawValue: symbol.rawValue)
        default: nil
        }
    }

    /// As errors name it: `identifier "foo"`, `<op:+>`, `<by>`.
    var description: String {
        switch kind {
        case .end: "end of input"
        case .identifier: "identifier \(text.quotedForErrors)"
        case .metricIdentifier: "metric identifier \(text.quotedForErrors)"
        case .string: "string \(abbreviated)"
        case .number: "number \(abbreviated)"
        case .duration: "duration \(abbreviated)"
        case .keyword(let keyword):
            if keyword.binaryOperator != nil {
                "<op:\(text)>"
            } else if keyword.aggregator != nil {
                "<aggr:\(text)>"
            } else {
                "<\(text)>"
            }
        case .symbol(let symbol): symbol.isOperator ? "<op:\(text)>" : "\"\(text)\""
        }
    }

    private var abbreviated: String {
        text.utf8.count > 10
            ? String(text.prefix(10)).quotedForErrors + "..." : text.quotedForErrors
    }
}
