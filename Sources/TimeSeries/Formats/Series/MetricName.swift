/// Where the metric's name stands in canonical label bytes.
package enum MetricName {
    private static let label: UInt64 = 0x5F5F_6E61_6D65_5F5F

    /// Nil where there is none, or the bytes are not canonical.
    package static func range(in labels: RawSpan) -> Range<Int>? {
        var at = 0
        while at < labels.byteCount {
            guard let name = LabelFinder.field(labels, &at),
                let value = LabelFinder.field(labels, &at)
            else { return nil }
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
        range(in: labels).map { LabelFinder.text($0, of: labels) }
    }
}
