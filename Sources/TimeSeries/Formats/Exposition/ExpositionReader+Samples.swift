/// A line with a sample: `name{label="value"} 1 1520879607789`.
extension ExpositionReader {
    @inline(__always)
    func byte(_ bytes: RawSpan, _ at: Int) -> UInt8 {
        bytes.unsafeLoad(fromByteOffset: at, as: UInt8.self)
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// Blanks that may stand here: none in OpenMetrics.
    mutating func skipBlanks(_ bytes: RawSpan) {
        guard !isOpenMetrics else { return }
        while at < end, isBlank(byte(bytes, at)) { at += 1 }
    }

    /// Blanks that must stand here: one space in OpenMetrics.
    mutating func expectBlank(_ bytes: RawSpan) throws(ExpositionError) {
        if isOpenMetrics {
            guard at < end, byte(bytes, at) == UInt8(ascii: " ") else { throw failure(.badSpace) }
            at += 1
            return
        }
        // After a brace or a quote the value may follow at once.
        let before = at > 0 ? byte(bytes, at - 1) : 0
        guard before == UInt8(ascii: "}") || at < end && isBlank(byte(bytes, at)) else {
            throw failure(.badSpace)
        }
        skipBlanks(bytes)
    }

    /// The metric's name; its labels go into `labels`.
    mutating func readSeries(_ bytes: RawSpan) throws(ExpositionError) -> Field {
        var name: Field?
        if byte(bytes, at) != UInt8(ascii: "{") {
            name = Field(range: try readName(bytes, withColons: true), isInScratch: false)
        }
        let afterName = at
        skipBlanks(bytes)
        if at < end, byte(bytes, at) == UInt8(ascii: "{") {
            at += 1
            try readLabels(bytes, &name)
        } else {
            at = afterName
        }
        guard let name, !name.range.isEmpty else { throw failure(.badName) }
        return name
    }

    private mutating func readName(
        _ bytes: RawSpan,
        withColons: Bool
    ) throws(ExpositionError) -> Range<Int> {
        let start = at
        while at < end {
            switch byte(bytes, at) {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "_"):
                at += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9") where at > start: at += 1
            case UInt8(ascii: ":") where withColons: at += 1
            default:
                guard at > start else { throw failure(.badName) }
                return start..<at
            }
        }
        guard at > start else { throw failure(.badName) }
        return start..<at
    }

    /// Up to the closing brace. A quoted text without a value comes first: it is the metric's name.
    private mutating func readLabels(
        _ bytes: RawSpan,
        _ name: inout Field?
    ) throws(ExpositionError) {
        while true {
            skipBlanks(bytes)
            guard at < end else { throw failure(.badLabels) }
            if byte(bytes, at) == UInt8(ascii: "}") {
                at += 1
                return
            }
            let isQuoted = byte(bytes, at) == UInt8(ascii: "\"")
            let label: Field
            if isQuoted {
                label = try readQuoted(bytes)
            } else {
                let range = try readName(bytes, withColons: false)
                label = Field(range: range, isInScratch: false)
            }
            skipBlanks(bytes)
            guard at < end else { throw failure(.badLabels) }
            if byte(bytes, at) == UInt8(ascii: "=") {
                at += 1
                skipBlanks(bytes)
                labels.append((label, try readQuoted(bytes)))
                skipBlanks(bytes)
            } else {
                guard isQuoted, name == nil, labels.isEmpty else { throw failure(.badLabels) }
                name = label
            }
            guard at < end else { throw failure(.badLabels) }
            if byte(bytes, at) == UInt8(ascii: ",") {
                at += 1
            } else if byte(bytes, at) != UInt8(ascii: "}") {
                throw failure(.badLabels)
            }
        }
    }

    /// A text in quotes. Of escapes there are `\\`, `\"` and `\n`; others stand for themselves.
    mutating func readQuoted(_ bytes: RawSpan) throws(ExpositionError) -> Field {
        guard at < end, byte(bytes, at) == UInt8(ascii: "\"") else { throw failure(.badLabels) }
        at += 1
        let start = at
        while at < end {
            switch byte(bytes, at) {
            case UInt8(ascii: "\""):
                defer { at += 1 }
                return Field(range: start..<at, isInScratch: false)
            case UInt8(ascii: "\\"): return try readEscaped(bytes, start)
            default: at += 1
            }
        }
        throw failure(.unfinishedText)
    }

    private mutating func readEscaped(
        _ bytes: RawSpan,
        _ start: Int
    ) throws(ExpositionError) -> Field {
        let place = scratch.count
        for index in start..<at { scratch.append(byte(bytes, index)) }
        while at < end {
            let next = byte(bytes, at)
            at += 1
            if next == UInt8(ascii: "\"") {
                return Field(range: place..<scratch.count, isInScratch: true)
            }
            guard next == UInt8(ascii: "\\"), at < end else {
                scratch.append(next)
                continue
            }
            Self.unescape(byte(bytes, at), quotes: true, into: &scratch)
            at += 1
        }
        throw failure(.unfinishedText)
    }

    static func unescape(_ byte: UInt8, quotes: Bool, into text: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "\\"): text.append(byte)
        case UInt8(ascii: "\"") where quotes: text.append(byte)
        default: text += [UInt8(ascii: "\\"), byte]
        }
    }

    // MARK: - Numbers

    /// The bytes up to the next blank.
    private mutating func readToken(_ bytes: RawSpan) -> Range<Int> {
        let start = at
        while at < end, !isBlank(byte(bytes, at)) { at += 1 }
        return start..<at
    }

    mutating func readValue(_ bytes: RawSpan) throws(ExpositionError) -> Double {
        guard let value = NumberText.double(bytes, readToken(bytes)) else {
            throw failure(.badValue)
        }
        return value
    }

    /// The sample's time, if it has one and that counts.
    mutating func readTime(_ bytes: RawSpan) throws(ExpositionError) -> Int64 {
        if isOpenMetrics {
            guard at < end else { return options.now }
            let start = at
            try expectBlank(bytes)
            if at < end, byte(bytes, at) == UInt8(ascii: "#") {
                at = start
                return options.now
            }
        } else {
            skipBlanks(bytes)
            guard at < end else { return options.now }
        }
        let token = readToken(bytes)
        guard
            let time = isOpenMetrics
                ? Self.milliseconds(bytes, token) : NumberText.integer(bytes, token)
        else { throw failure(.badTime) }
        return options.honorsTimestamps ? time : options.now
    }

    private static func milliseconds(_ bytes: RawSpan, _ token: Range<Int>) -> Int64? {
        guard let seconds = NumberText.double(bytes, token) else { return nil }
        return Int64(exactly: (seconds * 1000).rounded())
    }

    /// The end of a sample's line, after its exemplar if it has one.
    mutating func readEnd(_ bytes: RawSpan) throws(ExpositionError) {
        skipBlanks(bytes)
        guard at < end else { return }
        guard isOpenMetrics else { throw failure(.trailing) }
        try expectBlank(bytes)
        try readExemplar(bytes)
        guard at == end else { throw failure(.trailing) }
        summary.exemplars += 1
    }

    /// `# {trace_id="x"} 0.67 1520879607.8`
    private mutating func readExemplar(_ bytes: RawSpan) throws(ExpositionError) {
        for expected in "# {".utf8 {
            guard at < end, byte(bytes, at) == expected else { throw failure(.badExemplar) }
            at += 1
        }
        // The sample's own labels wait here to be built.
        let kept = labels
        labels = []
        var name: Field?
        try readLabels(bytes, &name)
        labels = kept
        guard name == nil else { throw failure(.badExemplar) }
        try expectBlank(bytes)
        _ = try readValue(bytes)
        guard at < end else { return }
        try expectBlank(bytes)
        guard Self.milliseconds(bytes, readToken(bytes)) != nil else { throw failure(.badExemplar) }
    }
}
