/// Where the metric's name stands in canonical label bytes.
package enum MetricName {
    private static let label: UInt64 = 0x5F5F_6E61_6D65_5F5F

    /// Nil where there is none, or the bytes are not canonical.
    package static func range(in labels: RawSpan) -> Range<Int>? {
        var at = 0
        while at < labels.byteCount {
            guard let name = field(labels, &at), let value = field(labels, &at) else { return nil }
            guard name.count == 8 else { continue }
            let word = labels.unsafeLoadUnaligned(
                fromByteOffset: name.lowerBound,
                as: UInt64.self
            )
            if UInt64(bigEndian: word) == label { return value }
        }
        return nil
    }

    package static func text(of labels: RawSpan) -> String? {
        guard let range = range(in: labels) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        for at in range { bytes.append(labels.unsafeLoad(fromByteOffset: at, as: UInt8.self)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func field(_ labels: RawSpan, _ at: inout Int) -> Range<Int>? {
        var length = 0
        for shift in stride(from: 0, to: 28, by: 7) {
            guard at < labels.byteCount else { return nil }
            let byte = labels.unsafeLoad(fromByteOffset: at, as: UInt8.self)
            at += 1
            length |= Int(byte & 0x7F) << shift
            guard byte < 0x80 else { continue }
            guard length <= labels.byteCount - at else { return nil }
            defer { at += length }
            return at..<at + length
        }
        return nil
    }
}
