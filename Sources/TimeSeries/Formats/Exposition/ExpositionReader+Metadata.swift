/// A line that begins with `#`: metadata, or a comment.
extension ExpositionReader {
    mutating func readComment(_ bytes: RawSpan) throws(ExpositionError) {
        at += 1
        if isOpenMetrics {
            try expectBlank(bytes)
        } else {
            skipBlanks(bytes)
        }
        switch word(bytes) {
        case "HELP": try readHelp(bytes)
        case "TYPE": try readType(bytes)
        case "UNIT" where isOpenMetrics: try readUnit(bytes)
        case "EOF" where isOpenMetrics:
            guard at == end else { throw failure(.trailing) }
            isEnded = true
        default: if isOpenMetrics { throw failure(.unknownComment) }
        }
    }

    /// The bytes up to the next blank, as text.
    private mutating func word(_ bytes: RawSpan) -> String {
        let start = at
        while at < end, byte(bytes, at) != UInt8(ascii: " "), byte(bytes, at) != UInt8(ascii: "\t")
        {
            at += 1
        }
        return text(bytes, Field(range: start..<at, isInScratch: false))
    }

    private func text(_ bytes: RawSpan, _ field: Field) -> String {
        let raw = field.range.map { field.isInScratch ? scratch[$0] : byte(bytes, $0) }
        return String(decoding: raw, as: UTF8.self)
    }

    /// The place of the family that is named here.
    private mutating func readFamily(_ bytes: RawSpan) throws(ExpositionError) -> Int {
        try expectBlank(bytes)
        guard at < end else { throw failure(.badMetadata) }
        let name: String
        if byte(bytes, at) == UInt8(ascii: "\"") {
            scratch.removeAll(keepingCapacity: true)
            name = text(bytes, try readQuoted(bytes))
        } else {
            name = word(bytes)
        }
        guard !name.isEmpty, name.utf8.count <= options.limits.valueBytesMaximum else {
            throw failure(.badMetadata)
        }
        if let place = families[name] { return place }
        let place = summary.metadata.count
        families[name] = place
        summary.metadata.append(MetricMetadata(family: name))
        return place
    }

    /// What follows the family, up to the line's end. In HELP of 0.0.4 quotes are not escaped.
    private mutating func readHelp(_ bytes: RawSpan) throws(ExpositionError) {
        let family = try readFamily(bytes)
        var help: [UInt8] = []
        if at < end { try expectBlank(bytes) }
        while at < end {
            let next = byte(bytes, at)
            at += 1
            if next == UInt8(ascii: "\\"), at < end {
                Self.unescape(byte(bytes, at), quotes: isOpenMetrics, into: &help)
                at += 1
            } else {
                help.append(next)
            }
        }
        summary.metadata[family].help = String(decoding: help, as: UTF8.self)
    }

    private mutating func readType(_ bytes: RawSpan) throws(ExpositionError) {
        let family = try readFamily(bytes)
        try expectBlank(bytes)
        let name = word(bytes)
        skipBlanks(bytes)
        guard at == end else { throw failure(.trailing) }
        let kind = MetricMetadata.Kind.allCases.first { "\($0)" == name }
        guard let kind = name == "untyped" && !isOpenMetrics ? .unknown : kind else {
            throw failure(.unknownType)
        }
        summary.metadata[family].kind = kind
        let isSummary = kind == .summary
        summaryFamily = isSummary ? Array(summary.metadata[family].family.utf8) : []
    }

    private mutating func readUnit(_ bytes: RawSpan) throws(ExpositionError) {
        let family = try readFamily(bytes)
        try expectBlank(bytes)
        let unit = word(bytes)
        guard at == end else { throw failure(.trailing) }
        let name = summary.metadata[family].family
        guard unit.isEmpty || name.utf8.count > unit.utf8.count && name.hasSuffix("_" + unit) else {
            throw failure(.badUnit)
        }
        summary.metadata[family].unit = unit
    }
}
