import Hub

/// The records of an entry as bytes: numbers as varints, texts with their lengths. The offsets are
/// not in it: the log gives them.
///
/// What is read comes from other nodes: lengths are checked before they are used.
enum RecordBytes {
    /// Milliseconds that a record's time may be, or a clock say: what is reckoned with them stays
    /// far from where numbers end.
    static let times: ClosedRange<Int64> = 0...(1 << 53)

    private static let version: UInt8 = 1
    private static let hasKey: UInt8 = 1
    private static let isBinary: UInt8 = 2

    static func encode(_ drafts: [Draft]) -> [UInt8] {
        var bytes: [UInt8] = [version]
        bytes.reserveCapacity(drafts.reduce(16) { $0 + $1.payload.count + 64 })
        append(UInt64(drafts.count), to: &bytes)
        for draft in drafts {
            bytes.append((draft.key == nil ? 0 : hasKey) | (draft.isBinary ? isBinary : 0))
            append(UInt64(bitPattern: draft.id.number), to: &bytes)
            append(UInt64(bitPattern: draft.at.milliseconds), to: &bytes)
            append(text: draft.author, to: &bytes)
            append(text: draft.type, to: &bytes)
            if let key = draft.key { append(text: key, to: &bytes) }
            append(UInt64(draft.payload.count), to: &bytes)
            bytes += draft.payload
        }
        return bytes
    }

    /// Nil when the bytes are not such records.
    static func decode(_ bytes: ArraySlice<UInt8>, first: Offset) -> [Record]? {
        var rest = bytes
        guard rest.popFirst() == version, let count = number(&rest), count > 0,
            count <= UInt64(rest.count), first > 0, first <= UInt64(Int64.max) - count
        else { return nil }
        var records: [Record] = []
        records.reserveCapacity(Int(count))
        for index in 0..<count {
            guard let flags = rest.popFirst(), let id = signed(&rest), id > 0,
                let at = signed(&rest), times.contains(at),
                let author = text(&rest), let type = text(&rest)
            else { return nil }
            var key: String?
            if flags & hasKey != 0 {
                guard let read = text(&rest) else { return nil }
                key = read
            }
            guard let payload = run(&rest) else { return nil }
            records.append(
                Record(
                    id: RecordID(id),
                    offset: first + index,
                    author: author,
                    at: Timestamp(milliseconds: at),
                    key: key,
                    type: type,
                    payload: Array(payload),
                    isBinary: flags & isBinary != 0
                )
            )
        }
        return rest.isEmpty ? records : nil
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func append(text: String, to bytes: inout [UInt8]) {
        append(UInt64(text.utf8.count), to: &bytes)
        bytes += text.utf8
    }

    private static func number(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst(), shift < 63 || byte <= 1 else { return nil }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        return nil
    }

    private static func signed(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        number(&rest).map { Int64(bitPattern: $0) }
    }

    private static func run(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let count = number(&rest), count <= UInt64(rest.count) else { return nil }
        defer { rest.removeFirst(Int(count)) }
        return rest.prefix(Int(count))
    }

    private static func text(_ rest: inout ArraySlice<UInt8>) -> String? {
        run(&rest).flatMap { String(validating: $0, as: UTF8.self) }
    }
}
