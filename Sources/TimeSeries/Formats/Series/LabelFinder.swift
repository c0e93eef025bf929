/// Finds a label's value in canonical bytes, without making strings of the others.
package enum LabelFinder {
    /// Nil where there is none, or the bytes are not canonical.
    package static func text(of name: String, in labels: RawSpan) -> String? {
        range(of: Array(name.utf8), in: labels).map { text($0, of: labels) }
    }

    static func range(of name: [UInt8], in labels: RawSpan) -> Range<Int>? {
        var at = 0
        while at < labels.byteCount {
            guard let label = field(labels, &at), let value = field(labels, &at) else { return nil }
            if label.count == name.count, isEqual(labels, label.lowerBound, name) { return value }
        }
        return nil
    }

    static func text(_ range: Range<Int>, of labels: RawSpan) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        for at in range { bytes.append(labels.unsafeLoad(fromByteOffset: at, as: UInt8.self)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isEqual(_ labels: RawSpan, _ start: Int, _ name: [UInt8]) -> Bool {
        for (index, byte) in name.enumerated()
        where labels.unsafeLoad(fromByteOffset: start + index, as: UInt8.self) != byte {
            return false
        }
        return true
    }

    /// The range of the next name or value.
    static func field(_ labels: RawSpan, _ at: inout Int) -> Range<Int>? {
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
