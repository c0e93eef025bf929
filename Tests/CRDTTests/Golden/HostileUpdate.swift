import CRDT

/// Bytes that nobody honest sends, and what becomes of them.
struct HostileUpdate: Sendable, CustomStringConvertible {
    enum Outcome {
        case refused
        /// It is refused, and it had to be for this reason.
        case refusedAs(YDecodingError)
        /// It is taken, and the text "t" reads like this.
        case taken(String)
    }

    let description: String
    let bytes: [UInt8]
    let outcome: Outcome
    var version = 1

    init(_ description: String, _ hex: String, _ outcome: Outcome) {
        self.description = description
        bytes = Hex.bytes(hex)
        self.outcome = outcome
    }

    init(_ description: String, bytes: [UInt8], version: Int = 1, _ outcome: Outcome) {
        self.description = description
        self.bytes = bytes
        self.version = version
        self.outcome = outcome
    }

    static let all = lengths + references + contents + counts + structure + nested + format2

    private static let lengths = [
        HostileUpdate("no bytes", "", .refusedAs(.truncated)),
        HostileUpdate("nothing", "0000", .taken("")),
        HostileUpdate(
            "GC of 2^53-1 elements",
            "0101010000ffffffffffffff0f00",
            .refusedAs(.clockTooLarge)
        ),
        HostileUpdate("Skip beyond all clocks", "010101000affffffffffffff0f00", .refused),
        HostileUpdate("first clock 2^53-1", "010101ffffffffffffff0f000100", .refused),
        HostileUpdate("Deleted of 2^53-1", "0101010001010174ffffffffffffff0f00", .refused),
        HostileUpdate("clock above 2^53", "010101ffffffffffffffff7f000100", .refused),
        HostileUpdate("integer without end", "80808080808080808080808080", .refused),
        HostileUpdate(
            "client 2^53",
            "0101808080808080801000040101740161 00",
            .refused
        ),
        HostileUpdate("client 2^53 in an origin", "010101018480808080808080100001 6100", .refused),
        HostileUpdate("client 2^53 in the delete set", "0001808080808080801001000100", .refused),
        HostileUpdate("empty String", "0101010004010174 00 00", .refusedAs(.emptyStruct)),
        HostileUpdate("empty Deleted", "0101010001010174 00 00", .refusedAs(.emptyStruct)),
        HostileUpdate("empty Any", "0101010008010174 00 00", .refusedAs(.emptyStruct)),
        HostileUpdate("empty JSON", "0101010002010174 00 00", .refusedAs(.emptyStruct)),
        HostileUpdate("empty GC", "01010100 00 00 00", .refusedAs(.emptyStruct)),
        HostileUpdate("empty Skip", "01010100 0a 00 00", .refused),
        HostileUpdate("deleted range beyond all clocks", "0001010101ffffffffffffff0f", .refused),
        HostileUpdate(
            "deleted range at the end of all clocks",
            "00010101ffffffffffffff0f01",
            .refused
        ),
    ]

    private static let references = [
        HostileUpdate(
            "origin in one's own future",
            "01010100 84 0105 0161 00",
            .refusedAs(.referenceIntoTheFuture)
        ),
        HostileUpdate(
            "right origin in one's own future",
            "01010100 44 0105 0161 00",
            .refusedAs(.referenceIntoTheFuture)
        ),
        HostileUpdate(
            "parent in one's own future",
            "01010100 04 00 0105 0161 00",
            .refusedAs(.referenceIntoTheFuture)
        ),
        HostileUpdate(
            "origin in itself",
            "01010100 84 0100 0161 00",
            .refusedAs(.referenceIntoTheFuture)
        ),
        HostileUpdate(
            "cycle of two clients",
            "02 010100 84 0200 0161 010200 84 0100 0162 00",
            .taken("")
        ),
        HostileUpdate(
            "parent that is no type",
            "01 0201 00 04 0101 74 01 61 04 00 0100 0162 00",
            .taken("a")
        ),
        HostileUpdate(
            "parent in a GC struct",
            "01 0201 00 00 01 04 00 0100 0162 00",
            .taken("")
        ),
        HostileUpdate("origin in a GC struct", "01 0201 00 00 01 84 0100 0162 00", .taken("")),
    ]

    private static let contents =
        (11...31).map { reference in
            HostileUpdate(
                "content \(reference)",
                bytes: [1, 1, 1, 0, UInt8(reference), 1, 1, 0x74, 1, 0x61, 0],
                .refusedAs(.unknownContent(UInt8(reference)))
            )
        } + [
            HostileUpdate("type 7", "01010100 07 010174 07 00", .refusedAs(.unknownType(7))),
            HostileUpdate("type 2^40", "01010100 07 010174 808080808020 00", .refused),
            HostileUpdate(
                "value tag 80",
                "01010100 08 010174 01 50 00",
                .refusedAs(.unknownValue(80))
            ),
            HostileUpdate("String that is no UTF-8", "01010100 04 010174 02 c328 00", .refused),
            HostileUpdate("lone surrogate as UTF-8", "01010100 04 010174 03 eda080 00", .refused),
            HostileUpdate("root that is no UTF-8", "01010100 04 0101ff 01 61 00", .refused),
            HostileUpdate("Embed that is no JSON", "01010100 05 010174 027b7b 00", .refused),
            HostileUpdate("Embed of nothing", "01010100 05 010174 00 00", .refused),
            HostileUpdate("Format that is no JSON", "01010100 06 010174 0162 0161 00", .refused),
            HostileUpdate("parent information 2", "01010100 04 02 0174 0161 00", .refused),
        ]

    private static let counts = [
        HostileUpdate("2^32-1 structs", "01ffffffff0f01000001", .refused),
        HostileUpdate("2^53-1 clients", "ffffffffffffff0f0101", .refused),
        HostileUpdate("2^53-1 deleting clients", "00ffffffffffffff0f01", .refused),
        HostileUpdate("2^53-1 ranges", "000101ffffffffffffff0f0001", .refused),
        HostileUpdate("2^53-1 values", "010101000801 0174ffffffffffffff0f7e00", .refused),
        HostileUpdate("2^53-1 members", "010101000801 01740176ffffffffffffff0f0161", .refused),
        HostileUpdate("2^53-1 elements", "010101000801 01740175ffffffffffffff0f7e7e", .refused),
        HostileUpdate("2^53-1 JSON texts", "010101000201 0174ffffffffffffff0f013100", .refused),
        HostileUpdate("2^53-1 bytes of text", "010101000401 0174ffffffffffffff0f6100", .refused),
        HostileUpdate("2^53-1 bytes", "010101000301 0174ffffffffffffff0f6100", .refused),
    ]

    private static let structure = [
        HostileUpdate("bytes after the end", "0000 00", .refusedAs(.trailingBytes)),
        HostileUpdate(
            "one client twice",
            "02 010100 04 010174 0161 010101 84 0100 0162 00",
            .taken("ab")
        ),
        HostileUpdate(
            "one client twice, backwards",
            "02 010101 84 0100 0162 010100 04 010174 0161 00",
            .taken("ab")
        ),
        HostileUpdate(
            "one client twice with the same",
            "02 010100 04 010174 0161 010100 04 010174 0161 00",
            .taken("a")
        ),
        HostileUpdate("deletion of what never was", "000101010001", .taken("")),
        HostileUpdate("Skip at the start", "01 0201 00 0a 05 84 0104 0161 00", .taken("")),
        HostileUpdate(
            "deleted ranges that overlap, unsorted",
            "01 0101 00 04 010174 0461626364 01 01 03 0201 0002 0102",
            .taken("d")
        ),
    ]

    /// Arrays, objects, JSON arrays and JSON objects within each other.
    private static let nested: [HostileUpdate] = {
        let depth = 20_000
        let head: [UInt8] = [1, 1, 1, 0, 8, 1, 1, 0x74, 1]
        let arrays = Array(repeating: [UInt8](arrayLiteral: 117, 1), count: depth).flatMap(\.self)
        let objects = Array(repeating: [UInt8](arrayLiteral: 118, 1, 1, 0x61), count: depth)
            .flatMap(\.self)
        let embed: [UInt8] = [1, 1, 1, 0, 5, 1, 1, 0x74]
        let length: [UInt8] = [0xC0, 0xB8, 0x02]
        let brackets =
            [UInt8](repeating: 0x5B, count: 20_000)
            + [UInt8](repeating: 0x5D, count: 20_000)
        let braces = Array(repeating: Array("{\"a\":".utf8), count: 8000).flatMap(\.self)
        return [
            HostileUpdate("nested arrays", bytes: head + arrays + [126, 0], .refusedAs(.tooDeep)),
            HostileUpdate(
                "nested objects",
                bytes: head + objects + [126, 0],
                .refusedAs(.tooDeep)
            ),
            HostileUpdate("nested JSON arrays", bytes: embed + length + brackets + [0], .refused),
            HostileUpdate("nested JSON objects", bytes: embed + length + braces + [0], .refused),
        ]
    }()

    private static let format2 = [
        HostileUpdate("v2: no bytes", bytes: [], version: 2, .refusedAs(.truncated)),
        HostileUpdate("v2: zeros", bytes: [0, 0], version: 2, .refused),
        HostileUpdate(
            "v2: feature flag",
            bytes: Hex.bytes("01000000000001000000000000"),
            version: 2,
            .refused
        ),
        HostileUpdate(
            "v2: bytes after the end",
            bytes: Hex.bytes("0000000000000100000000000000"),
            version: 2,
            .refused
        ),
        HostileUpdate(
            "v2: column longer than the rest",
            bytes: Hex.bytes("00ffffffffffffff0f00000000010000000000"),
            version: 2,
            .refused
        ),
        HostileUpdate(
            "v2: columns that end too early",
            bytes: Hex.bytes("00000000000104010000000001 01 00 00"),
            version: 2,
            .refused
        ),
    ]
}
