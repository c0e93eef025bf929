/// Reads WriteRequest messages of remote_write 1.0 straight into a sink.
///
/// A message that is malformed throws, and what the sink has taken of it by then is to be thrown
/// away. Series with bad labels are counted and left out; the others go in.
package struct RemoteWriteReader: Sendable {
    private enum Field {
        static let series = 1
        static let metadata = 3
        static let labels = 1
        static let samples = 2
        static let exemplars = 3
        static let histograms = 4
    }

    private var builder: LabelsBuilder

    package init(limits: LabelLimits = LabelLimits()) {
        builder = LabelsBuilder(limits: limits)
    }

    /// `message` is the body, decompressed.
    package mutating func read<Sink: SampleSink & ~Copyable>(
        _ message: [UInt8],
        into sink: inout Sink
    ) throws(ProtobufError) -> RemoteWriteSummary {
        let bytes = message.span.bytes
        var summary = RemoteWriteSummary()
        var cursor = ProtobufCursor(0..<bytes.byteCount)
        while !cursor.isAtEnd {
            let tag = try cursor.readTag(bytes)
            switch tag.field {
            case Field.series:
                let range = try cursor.readRange(bytes, of: tag)
                try readSeries(bytes, range, into: &sink, &summary)
            case Field.metadata:
                let range = try cursor.readRange(bytes, of: tag)
                if let metadata = try Self.readMetadata(bytes, range) {
                    summary.metadata.append(metadata)
                }
            default: try cursor.skip(bytes, tag)
            }
        }
        return summary
    }

    /// Twice over the message, for fields may come in any order: labels first, then samples.
    @inline(__always)
    private mutating func readSeries<Sink: SampleSink & ~Copyable>(
        _ bytes: RawSpan,
        _ range: Range<Int>,
        into sink: inout Sink,
        _ summary: inout RemoteWriteSummary
    ) throws(ProtobufError) {
        builder.removeAll()
        let rest = builder.appendPlainLabels(bytes, range)
        var cursor = ProtobufCursor(rest..<range.upperBound)
        var firstSample = range.upperBound
        while !cursor.isAtEnd {
            let start = cursor.at
            let tag = try cursor.readTag(bytes)
            switch tag.field {
            case Field.labels:
                try readLabel(bytes, try cursor.readRange(bytes, of: tag))
            case Field.samples:
                _ = try cursor.readRange(bytes, of: tag)
                firstSample = min(firstSample, start)
            case Field.exemplars:
                _ = try cursor.readRange(bytes, of: tag)
                summary.exemplars += 1
            case Field.histograms:
                _ = try cursor.readRange(bytes, of: tag)
                summary.histograms += 1
            default: try cursor.skip(bytes, tag)
            }
        }
        guard firstSample < range.upperBound else { return }
        var refusal: LabelFault?
        do throws(LabelFault) {
            try builder.finish()
            sink.begin(series: builder.storage.span.bytes.extracting(0..<builder.count))
        } catch {
            refusal = error
        }
        var samples = ProtobufCursor(firstSample..<range.upperBound)
        while !samples.isAtEnd {
            let tag = try samples.readTag(bytes)
            guard tag.field == Field.samples else {
                try samples.skip(bytes, tag)
                continue
            }
            let sample = try Self.readSample(bytes, try samples.readRange(bytes, of: tag))
            if let refusal {
                summary.refused[refusal, default: 0] += 1
            } else {
                sink.append(sample)
                summary.samples += 1
            }
        }
    }

    private mutating func readLabel(
        _ bytes: RawSpan,
        _ range: Range<Int>
    ) throws(ProtobufError) {
        var cursor = ProtobufCursor(range)
        var name = 0..<0
        var value = 0..<0
        while !cursor.isAtEnd {
            let tag = try cursor.readTag(bytes)
            switch tag.field {
            case 1: name = try cursor.readRange(bytes, of: tag)
            case 2: value = try cursor.readRange(bytes, of: tag)
            default: try cursor.skip(bytes, tag)
            }
        }
        builder.append(name: name, of: bytes, value: value, of: bytes)
    }

    /// What is 0 is left out on the wire.
    @inline(__always)
    private static func readSample(
        _ bytes: RawSpan,
        _ range: Range<Int>
    ) throws(ProtobufError) -> Sample {
        var cursor = ProtobufCursor(range)
        var sample = Sample(at: 0, value: 0)
        while !cursor.isAtEnd {
            let tag = try cursor.readTag(bytes)
            switch (tag.field, tag.wire) {
            case (1, ProtobufCursor.Wire.fixed64):
                sample.value = Double(bitPattern: try cursor.readFixed64(bytes))
            case (2, ProtobufCursor.Wire.varint):
                sample.at = Int64(bitPattern: try cursor.readVarint(bytes))
            case (1, _), (2, _): throw .wrongWireType(field: tag.field)
            default: try cursor.skip(bytes, tag)
            }
        }
        return sample
    }

    /// Nil if it has no name, or text that is none.
    private static func readMetadata(
        _ bytes: RawSpan,
        _ range: Range<Int>
    ) throws(ProtobufError) -> MetricMetadata? {
        var cursor = ProtobufCursor(range)
        var kind = MetricMetadata.Kind.unknown
        var family: String? = ""
        var help: String? = ""
        var unit: String? = ""
        while !cursor.isAtEnd {
            let tag = try cursor.readTag(bytes)
            switch tag.field {
            case 1:
                guard tag.wire == ProtobufCursor.Wire.varint else {
                    throw .wrongWireType(field: tag.field)
                }
                let number = UInt8(clamping: try cursor.readVarint(bytes))
                kind = MetricMetadata.Kind(rawValue: number) ?? .unknown
            case 2: family = text(bytes, try cursor.readRange(bytes, of: tag))
            case 4: help = text(bytes, try cursor.readRange(bytes, of: tag))
            case 5: unit = text(bytes, try cursor.readRange(bytes, of: tag))
            default: try cursor.skip(bytes, tag)
            }
        }
        guard let family, let help, let unit, !family.isEmpty else { return nil }
        return MetricMetadata(family: family, kind: kind, help: help, unit: unit)
    }

    private static func text(_ bytes: RawSpan, _ range: Range<Int>) -> String? {
        var copy: [UInt8] = []
        copy.reserveCapacity(range.count)
        for index in range { copy.append(bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)) }
        return String(validating: copy, as: UTF8.self)
    }
}
