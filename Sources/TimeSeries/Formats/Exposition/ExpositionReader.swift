/// Reads metrics as text, line by line, straight into a sink.
///
/// A line that is malformed throws, and what the sink has taken by then is to be thrown away.
package struct ExpositionReader: Sendable {
    /// A name or value of a label: in the text, or, where it had escapes, in `scratch`.
    struct Field {
        let range: Range<Int>
        let isInScratch: Bool
    }

    let options: ExpositionOptions
    private let added: [(name: [UInt8], value: [UInt8])]
    private var builder: LabelsBuilder
    var summary = ExpositionSummary()
    /// Unescaped text of this line.
    var scratch: [UInt8] = []
    /// The labels of this line.
    var labels: [(name: Field, value: Field)] = []
    /// Where in the text we are.
    var at = 0
    /// Where the line ends: at its `\n`, or at the text's end.
    var end = 0
    private var line = 0
    var isEnded = false
    /// Places in the summary's metadata.
    var families: [String: Int] = [:]
    /// The family that the last TYPE was about, if it is a summary.
    var summaryFamily: [UInt8] = []

    private static let nameLabel = Array(Labels.nameLabel.utf8)
    private static let exported = Array("exported_".utf8)
    private static let bucketLabel = Array("le".utf8)
    private static let bucketSuffix = Array("_bucket".utf8)
    private static let quantileLabel = Array("quantile".utf8)

    package init(_ options: ExpositionOptions) {
        self.options = options
        added = options.added.map { (Array($0.name.utf8), Array($0.value.utf8)) }
        builder = LabelsBuilder(limits: options.limits)
    }

    var isOpenMetrics: Bool { options.dialect == .openMetrics }

    /// Of a text, once.
    package mutating func read<Sink: SampleSink & ~Copyable>(
        _ text: [UInt8],
        into sink: inout Sink
    ) throws(ExpositionError) -> ExpositionSummary {
        let bytes = text.span.bytes
        while at < bytes.byteCount {
            line += 1
            end = at
            while end < bytes.byteCount, byte(bytes, end) != UInt8(ascii: "\n") { end += 1 }
            let next = end + 1
            if isOpenMetrics {
                guard !isEnded else { throw failure(.afterEnd) }
            } else if end > at, byte(bytes, end - 1) == UInt8(ascii: "\r") {
                end -= 1
            }
            try readLine(bytes, into: &sink)
            if isOpenMetrics, !isEnded, next > bytes.byteCount { throw failure(.unfinishedLine) }
            at = next
        }
        if isOpenMetrics, !isEnded { throw failure(.missingEnd) }
        return summary
    }

    private mutating func readLine<Sink: SampleSink & ~Copyable>(
        _ bytes: RawSpan,
        into sink: inout Sink
    ) throws(ExpositionError) {
        skipBlanks(bytes)
        guard at < end else {
            if isOpenMetrics { throw failure(.blankLine) }
            return
        }
        if byte(bytes, at) == UInt8(ascii: "#") { return try readComment(bytes) }
        scratch.removeAll(keepingCapacity: true)
        labels.removeAll(keepingCapacity: true)
        let name = try readSeries(bytes)
        try expectBlank(bytes)
        let value = try readValue(bytes)
        let time = try readTime(bytes)
        try readEnd(bytes)
        do throws(LabelFault) {
            try build(bytes, name)
            sink.begin(series: builder.storage.span.bytes.extracting(0..<builder.count))
            sink.append(Sample(at: time, value: value))
            summary.samples += 1
        } catch {
            summary.refused[error, default: 0] += 1
            if summary.firstRefused == nil { summary.firstRefused = line }
        }
    }

    func failure(_ reason: ExpositionError.Reason) -> ExpositionError {
        ExpositionError(line: max(line, 1), reason: reason)
    }

    // MARK: - Labels

    private mutating func build(_ bytes: RawSpan, _ name: Field) throws(LabelFault) {
        builder.removeAll()
        append(Self.nameLabel, bytes, name)
        for label in labels {
            let value = canonicalised(bytes, label.value, of: label.name, metric: name)
            if isAdded(bytes, label.name) {
                let start = scratch.count
                scratch += Self.exported
                copyToScratch(bytes, label.name)
                append(bytes, Field(range: start..<scratch.count, isInScratch: true), value)
            } else {
                append(bytes, label.name, value)
            }
        }
        for (name, value) in added {
            builder.append(name: name.indices, of: name, value: value.indices, of: value)
        }
        try builder.finish()
    }

    private mutating func append(_ name: [UInt8], _ bytes: RawSpan, _ value: Field) {
        if value.isInScratch {
            builder.append(name: name.indices, of: name, value: value.range, of: scratch)
        } else {
            let names = name.span.bytes
            builder.append(name: name.indices, of: names, value: value.range, of: bytes)
        }
    }

    private mutating func append(_ bytes: RawSpan, _ name: Field, _ value: Field) {
        if !name.isInScratch, !value.isInScratch {
            builder.append(name: name.range, of: bytes, value: value.range, of: bytes)
        } else {
            let name = inScratch(bytes, name)
            let value = inScratch(bytes, value)
            builder.append(name: name, of: scratch, value: value, of: scratch)
        }
    }

    private mutating func inScratch(_ bytes: RawSpan, _ field: Field) -> Range<Int> {
        guard !field.isInScratch else { return field.range }
        let start = scratch.count
        copyToScratch(bytes, field)
        return start..<scratch.count
    }

    private func isAdded(_ bytes: RawSpan, _ name: Field) -> Bool {
        added.contains { !$0.value.isEmpty && equals(bytes, name, $0.name) }
    }

    func equals(_ bytes: RawSpan, _ field: Field, _ other: [UInt8]) -> Bool {
        guard field.range.count == other.count else { return false }
        for (index, expected) in zip(field.range, other) {
            let found = field.isInScratch ? scratch[index] : byte(bytes, index)
            if found != expected { return false }
        }
        return true
    }

    private mutating func copyToScratch(_ bytes: RawSpan, _ field: Field) {
        for index in field.range {
            scratch.append(field.isInScratch ? scratch[index] : byte(bytes, index))
        }
    }

    /// `le="1"` of one format and `le="1.0"` of the other are one series.
    private mutating func canonicalised(
        _ bytes: RawSpan,
        _ value: Field,
        of label: Field,
        metric: Field
    ) -> Field {
        let isBound =
            equals(bytes, label, Self.bucketLabel) && isBucket(bytes, metric)
            || equals(bytes, label, Self.quantileLabel) && equals(bytes, metric, summaryFamily)
        guard isBound, !value.isInScratch else { return value }
        let start = scratch.count
        switch NumberText.form(bytes, value.range) {
        case .canonical: return value
        case .lacksFraction:
            copyToScratch(bytes, value)
            scratch += ".0".utf8
        case .other:
            guard let number = NumberText.double(bytes, value.range) else { return value }
            scratch += NumberText.canonical(number).utf8
        }
        return Field(range: start..<scratch.count, isInScratch: true)
    }

    private func isBucket(_ bytes: RawSpan, _ metric: Field) -> Bool {
        let (end, count) = (metric.range.upperBound, Self.bucketSuffix.count)
        guard metric.range.count > count else { return false }
        let tail = Field(range: end - count..<end, isInScratch: metric.isInScratch)
        return equals(bytes, tail, Self.bucketSuffix)
    }
}
