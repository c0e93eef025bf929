/// What the labels of a series must be like to be taken in.
enum LabelRules {
    /// Why the bytes can't be a series' labels; nil when they can: in canonical form, UTF-8,
    /// sorted, no name twice, nothing empty, nothing too long.
    static func refusal(
        of bytes: [UInt8],
        _ range: Range<Int>,
        _ settings: StoreSettings
    ) -> Refusal? {
        guard !range.isEmpty else { return .badLabels }
        var at = range.lowerBound
        var last: Range<Int>?
        var count = 0
        var isTooLong = false
        while at < range.upperBound {
            guard let name = field(bytes, &at, range.upperBound),
                let value = field(bytes, &at, range.upperBound), !name.isEmpty, !value.isEmpty
            else { return .badLabels }
            if let last, !bytes[last].lexicographicallyPrecedes(bytes[name]) { return .badLabels }
            last = name
            count += 1
            if name.count > settings.nameBytesMaximum || value.count > settings.valueBytesMaximum {
                isTooLong = true
            }
        }
        if isTooLong || count > settings.labelsMaximum { return .labelLimits }
        return isText(bytes, range) ? nil : .badLabels
    }

    /// Whether the bytes are labels at all, however long.
    static func isCanonical(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        refusal(of: bytes, range, StoreSettings()) != .badLabels
    }

    private static func field(_ bytes: [UInt8], _ at: inout Int, _ end: Int) -> Range<Int>? {
        var length = 0
        var shift = 0
        while true {
            guard at < end, shift < 28 else { return nil }
            let byte = bytes[at]
            at += 1
            length |= Int(byte & 0x7F) << shift
            if byte < 0x80 {
                // One form for each length.
                if byte == 0, shift > 0 { return nil }
                break
            }
            shift += 7
        }
        guard length <= end - at else { return nil }
        defer { at += length }
        return at..<at + length
    }

    private static func isText(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        var at = range.lowerBound
        while at < range.upperBound {
            guard let field = field(bytes, &at, range.upperBound) else { return false }
            // ASCII is most of what comes.
            if bytes[field].allSatisfy({ $0 < 0x80 }) { continue }
            guard String(validating: bytes[field], as: UTF8.self) != nil else { return false }
        }
        return true
    }
}
