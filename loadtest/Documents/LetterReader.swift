/// Reads which letters a message of y-protocols brings. It knows what editors of this program
/// write and what servers make of it: strings at the end of others, and nothing deleted.
struct LetterReader: ~Copyable {
    enum Kind {
        /// The document as it was, in answer to the first step.
        case state
        case update
        case other
    }

    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Calls for each run of letters: whose, from which clock on, and how many. Nil if malformed.
    mutating func read(_ each: (UInt64, UInt64, UInt64) -> Void) -> Kind? {
        guard let type = number() else { return nil }
        guard type == 0 else { return .other }
        guard let step = number(), number() != nil else { return nil }
        guard step == 1 || step == 2 else { return .other }
        guard let groups = number() else { return nil }
        for _ in 0..<min(groups, 100_000) {
            guard let count = number(), let client = number(), var clock = number()
            else { return nil }
            for _ in 0..<min(count, 1_000_000) {
                guard let length = item() else { return nil }
                each(client, clock, length)
                clock += length
            }
        }
        return step == 1 ? .state : .update
    }

    /// The length of the next item, which must be a string.
    private mutating func item() -> UInt64? {
        guard offset < bytes.count else { return nil }
        let info = bytes[offset]
        offset += 1
        guard info & 0x1F == 4 else { return nil }
        let references = (info & 0x80 != 0 ? 2 : 0) + (info & 0x40 != 0 ? 2 : 0)
        for _ in 0..<references { guard number() != nil else { return nil } }
        if references == 0 {
            guard number() == 1, skip() != nil else { return nil }
        }
        return skip()
    }

    /// Passes over a string, and answers its length.
    private mutating func skip() -> UInt64? {
        guard let length = number(), length <= UInt64(bytes.count - offset) else { return nil }
        offset += Int(length)
        return length
    }

    private mutating func number() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while offset < bytes.count, shift < 63 {
            let byte = bytes[offset]
            offset += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
