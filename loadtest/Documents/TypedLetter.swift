/// What an editor of Yjs sends for each letter that it types at the end of what it wrote: an update
/// of the first format with one item, in a message of y-protocols.
struct TypedLetter {
    /// The root that is written in.
    static let root = Array("content".utf8)
    /// Asks for what there is, with an empty state vector.
    static let step1: [UInt8] = [0, 0, 1, 0]

    let client: UInt64
    let clock: UInt64

    var message: [UInt8] {
        var update: [UInt8] = [1, 1]
        Self.append(client, to: &update)
        Self.append(clock, to: &update)
        if clock == 0 {
            // A string whose parent is a root, known by its name.
            update += [0x04, 1, UInt8(Self.root.count)]
            update += Self.root
        } else {
            // A string that follows the letter before it.
            update.append(0x84)
            Self.append(client, to: &update)
            Self.append(clock - 1, to: &update)
        }
        update += [1, UInt8(ascii: "a") + UInt8(clock % 26), 0]
        return [0, 2, UInt8(update.count)] + update
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
