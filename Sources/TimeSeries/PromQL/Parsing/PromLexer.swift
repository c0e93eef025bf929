/// Query text to tokens, one at a time.
///
/// What a word is depends on where it stands: keywords are names inside braces, and a colon that
/// begins a metric's name elsewhere parts a subquery's durations inside brackets.
struct PromLexer {
    let bytes: [UInt8]
    private(set) var at = 0
    private var parenthesesOpen = 0
    private var isBraceOpen = false
    private var isBracketOpen = false
    private var hasColon = false
    private var expectsDuration = false

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func next() throws(PromQLError) -> PromToken {
        skipBlanksAndComments()
        let start = at
        guard at < bytes.count else {
            try requireAllClosed()
            return PromToken(kind: .end, text: "", start: start)
        }
        if expectsDuration {
            expectsDuration = false
            return try durationInBrackets()
        }
        let byte = bytes[at]
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try quoted(byte)
        case UInt8(ascii: "`"): return try rawQuoted()
        default: break
        }
        if isBraceOpen { return try nextInBraces() }
        if byte.isDigit || byte == UInt8(ascii: ".") && peek(1).isDigit { return try number() }
        if byte.isLetter || byte == UInt8(ascii: ":") && !isBracketOpen { return word() }
        return try symbol()
    }

    private func peek(_ distance: Int = 0) -> UInt8 {
        at + distance < bytes.count ? bytes[at + distance] : 0
    }

    private mutating func skipBlanksAndComments() {
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "#") {
                while at < bytes.count, bytes[at] != 10, bytes[at] != 13 { at += 1 }
            } else if bytes[at].isBlank {
                at += 1
            } else {
                return
            }
        }
    }

    private func requireAllClosed() throws(PromQLError) {
        if isBraceOpen { throw error(at, "unexpected end of input inside braces") }
        if parenthesesOpen > 0 { throw error(at, "unclosed left parenthesis") }
        if isBracketOpen { throw error(at, "unclosed left bracket") }
    }

    func text(from start: Int) -> String { String(decoding: bytes[start..<at], as: UTF8.self) }

    private func token(_ kind: PromToken.Kind, from start: Int) -> PromToken {
        PromToken(kind: kind, text: text(from: start), start: start)
    }

    /// What is wrong, with line and column before it.
    func error(_ position: Int, _ message: String) -> PromQLError {
        var line = 1
        var column = 1
        for byte in bytes.prefix(position) {
            column += 1
            guard byte == 10 else { continue }
            line += 1
            column = 1
        }
        return .query("\(line):\(column): parse error: \(message)")
    }

    /// The character at a place, as errors quote it.
    private func character(_ place: Int) -> String {
        guard place < bytes.count else { return "end of input" }
        let rest = String(decoding: bytes[place..<min(place + 4, bytes.count)], as: UTF8.self)
        return "'" + (rest.unicodeScalars.first.map(String.init) ?? "") + "'"
    }
}

// MARK: - Words and numbers

extension PromLexer {
    private mutating func word() -> PromToken {
        let start = at
        while at < bytes.count, bytes[at].isWord || bytes[at] == UInt8(ascii: ":") { at += 1 }
        let text = text(from: start)
        let lowercased = text.lowercased()
        if lowercased == "inf" || lowercased == "nan" { return token(.number, from: start) }
        if let keyword = PromKeyword(rawValue: lowercased) {
            return token(.keyword(keyword), from: start)
        }
        return token(
            text.utf8.contains(UInt8(ascii: ":")) ? .metricIdentifier : .identifier,
            from: start
        )
    }

    private mutating func number() throws(PromQLError) -> PromToken {
        let start = at
        if scanNumber() { return token(.number, from: start) }
        if scanDuration() { return token(.duration, from: start) }
        throw error(start, "bad number or duration syntax: \(text(from: start).quotedForErrors)")
    }

    private mutating func durationInBrackets() throws(PromQLError) -> PromToken {
        let start = at
        if scanNumber() { throw error(start, "missing unit character in duration") }
        if scanDuration() { return token(.duration, from: start) }
        throw error(start, "bad duration syntax: \(text(from: start).quotedForErrors)")
    }

    /// False when a letter follows that no number has.
    private mutating func scanNumber() -> Bool {
        var isHexadecimal = false
        if peek() == UInt8(ascii: "0"), peek(1) | 0x20 == UInt8(ascii: "x") {
            isHexadecimal = true
            at += 2
        }
        func skipDigits(_ at: inout Int) {
            while at < bytes.count, isHexadecimal ? bytes[at].isHexDigit : bytes[at].isDigit {
                at += 1
            }
        }
        skipDigits(&at)
        if peek() == UInt8(ascii: ".") {
            at += 1
            skipDigits(&at)
        }
        if peek() | 0x20 == UInt8(ascii: "e") {
            at += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { at += 1 }
            while peek().isDigit { at += 1 }
        }
        return !peek().isWord
    }

    /// Goes on where the number ended. Which units there are is `PromDuration`'s to know.
    private mutating func scanDuration() -> Bool {
        guard peek().isLetter else { return false }
        while peek().isWord { at += 1 }
        return true
    }
}

// MARK: - Strings

extension PromLexer {
    private mutating func quoted(_ quote: UInt8) throws(PromQLError) -> PromToken {
        let start = at
        at += 1
        while at < bytes.count, bytes[at] != quote {
            guard bytes[at] != 10 else { break }
            at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard at < bytes.count, bytes[at] == quote else {
            throw error(start, "unterminated quoted string")
        }
        at += 1
        return token(.string, from: start)
    }

    private mutating func rawQuoted() throws(PromQLError) -> PromToken {
        let start = at
        at += 1
        while at < bytes.count, bytes[at] != UInt8(ascii: "`") { at += 1 }
        guard at < bytes.count else { throw error(start, "unterminated raw string") }
        at += 1
        return token(.string, from: start)
    }
}

// MARK: - Symbols

extension PromLexer {
    private mutating func nextInBraces() throws(PromQLError) -> PromToken {
        let start = at
        if bytes[at].isLetter {
            while peek().isWord { at += 1 }
            return token(.identifier, from: start)
        }
        switch bytes[at] {
        case UInt8(ascii: ","): return take(.comma)
        case UInt8(ascii: "="): return take(peek(1) == UInt8(ascii: "~") ? .matches : .assign)
        case UInt8(ascii: "!"):
            switch peek(1) {
            case UInt8(ascii: "~"): return take(.matchesNot)
            case UInt8(ascii: "="): return take(.notEqual)
            default:
                let found = character(at + 1)
                throw error(at, "unexpected character after '!' inside braces: \(found)")
            }
        case UInt8(ascii: "{"): throw error(at, "unexpected left brace '{'")
        case UInt8(ascii: "}"):
            isBraceOpen = false
            return take(.rightBrace)
        default: throw error(at, "unexpected character inside braces: \(character(at))")
        }
    }

    private mutating func take(_ symbol: PromSymbol) -> PromToken {
        let start = at
        at += symbol.rawValue.utf8.count
        return token(.symbol(symbol), from: start)
    }

    private mutating func symbol() throws(PromQLError) -> PromToken {
        let isEqualNext = peek(1) == UInt8(ascii: "=")
        switch bytes[at] {
        case UInt8(ascii: "="):
            guard peek(1) != UInt8(ascii: "~") else {
                throw error(at, "unexpected character after '=': '~'")
            }
            return take(isEqualNext ? .equal : .assign)
        case UInt8(ascii: "!"):
            guard isEqualNext else {
                throw error(at, "unexpected character after '!': \(character(at + 1))")
            }
            return take(.notEqual)
        case UInt8(ascii: "<"): return take(isEqualNext ? .lessOrEqual : .less)
        case UInt8(ascii: ">"): return take(isEqualNext ? .greaterOrEqual : .greater)
        default: break
        }
        let text = String(Unicode.Scalar(bytes[at]))
        guard bytes[at] < 0x80, let symbol = PromSymbol(rawValue: text) else {
            throw error(at, "unexpected character: \(character(at))")
        }
        try keepCount(of: symbol)
        return take(symbol)
    }

    private mutating func keepCount(of symbol: PromSymbol) throws(PromQLError) {
        switch symbol {
        case .leftParenthesis: parenthesesOpen += 1
        case .rightParenthesis:
            parenthesesOpen -= 1
            if parenthesesOpen < 0 { throw error(at, "unexpected right parenthesis ')'") }
        case .leftBrace: isBraceOpen = true
        case .rightBrace: throw error(at, "unexpected character: '}'")
        case .leftBracket:
            if isBracketOpen { throw error(at, "unexpected left bracket '['") }
            isBracketOpen = true
            hasColon = false
            expectsDuration = true
        case .rightBracket:
            if !isBracketOpen { throw error(at, "unexpected right bracket ']'") }
            isBracketOpen = false
        case .colon:
            if hasColon { throw error(at, "unexpected colon ':'") }
            hasColon = true
        default: break
        }
    }
}
