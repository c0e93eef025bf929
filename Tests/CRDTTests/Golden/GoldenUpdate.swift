import CRDT

/// An update as Yjs writes it, in both formats, and what it says.
struct GoldenUpdate: Sendable, CustomStringConvertible {
    let description: String
    let v1: [UInt8]
    let v2: [UInt8]
    /// Root, as what it is read, and its canonical text.
    let reading: [(root: String, view: View, text: String)]

    enum View {
        case text, delta, map, array, xml
    }

    init(
        _ description: String,
        v1: String,
        v2: String,
        _ reading: (root: String, view: View, text: String)...
    ) {
        self.description = description
        self.v1 = Hex.bytes(v1)
        self.v2 = Hex.bytes(v2)
        self.reading = reading
    }

    static let all: [GoldenUpdate] = [
        GoldenUpdate("empty", v1: "0000", v2: "00000000000001000000000000", ("t", .text, "")),
        GoldenUpdate(
            "text",
            v1: "01010100040101740361626300",
            v2: "0000010100000104070474616263010301010000010100 00",
            ("t", .text, "abc")
        ),
        GoldenUpdate(
            "text with a deletion",
            v1: "010301000401017401618101000184010101630101010101",
            v2: "0000024101020002000504008100840603746163410101010001010103000101010100",
            ("t", .text, "ac")
        ),
        GoldenUpdate(
            "map entry written twice",
            v1: "01020100 21 01016d016b01 a8010001 7d02 0101010001",
            v2: "0000024100010000032100a805026d6b41000101000241000102007d020101010000",
            ("m", .map, "{\"k\":2}")
        ),
        GoldenUpdate(
            "nested map, deleted",
            v1: "01020100 21 01016d016e01 0001 0101010002",
            v2: "0000010100000321000005026d6e41000101000241000102000101010001",
            ("m", .map, "{}")
        ),
        GoldenUpdate(
            "concurrent texts",
            v1: "0201020004010174014201010004010174014100",
            v2: "000002020100000104070474427441410201010000020100010000",
            ("t", .text, "AB")
        ),
        GoldenUpdate(
            "surrogate pair",
            v1: "01010100040101740678f09f98807900",
            v2: "00000101000001040a077478f09f98807901040101000001010000",
            ("t", .text, "x😀y")
        ),
        GoldenUpdate(
            "every kind of value",
            v1: "01020100080101610d7d017d417d80017c3fc000007b7e37e43c8800759c7e7879770173"
                + "760101787d0175017d027dbfffffff0f7c4f00000083010c010900",
            v2: "00000241000118000308008303016101010100010d0102007d017d417d80017c3fc000007b7e37e4"
                + "3c8800759c7e7879770173760101787d0175017d027dbfffffff0f7c4f000000010900",
            (
                "a", .array,
                "[1,-1,64,f3ff8000000000000,f7e37e43c8800759c,null,true,false,\"s\",{\"x\":1},"
                    + "[2],2147483647,2147483648,b09]"
            )
        ),
        GoldenUpdate(
            "legacy JSON",
            v1: "010101000201016103013109756e646566696e6564077b2261223a317d00",
            v2:
                "000001010000010217126131756e646566696e65647b2261223a317d4100"
                + "0907010100010301010000",
            ("a", .array, "[1,undefined,{\"a\":1}]")
        ),
        GoldenUpdate(
            "subdocument",
            v1: "010101002901016d016401677602086175746f4c6f616478046d657461760101717d0100",
            v2: "000001010000012906036d64674101010100000101007602086175746f4c6f616478046d65746176"
                + "0101717d0100"
        ),
        GoldenUpdate(
            "XML",
            v1: "01040100070101780301702800010001630177017607000100060400010202686900",
            v2:
                "000100024102030100040007070028000700040905787063686941010203"
                + "010000020306010101040077"
                + "017600",
            ("x", .xml, "<p c=\"v\">hi</p>")
        ),
        GoldenUpdate(
            "XML hook",
            v1: "01010100070101780504686f6f6b00",
            v2: "000100010100000107080578686f6f6b0104010101050001010000"
        ),
        GoldenUpdate(
            "rich text",
            v1:
                "010401000601017404626f6c64047472756584010002616286010204626f"
                + "6c64046e756c6c850103097b"
                + "22696d67223a317d00",
            v2:
                "0002000202410203000402000706008400860085100b74626f6c64616262"
                + "6f6c64010402040101000001"
                + "0400787e760103696d677d0100",
            ("t", .text, "ab"),
            ("t", .delta, "[[\"ab\",{\"bold\":true}],[{\"img\":1},null]]")
        ),
    ]

    /// A hole is no part of a document's state, so this one is no state of a document.
    static let withHole = GoldenUpdate(
        "text with a hole",
        v1: "01030100 0401017401 61 0a01 8401010163 00",
        v2: "00000241000102000504000a008406037461634101010100000103000100"
    )
}

extension GoldenUpdate.View {
    func canonical(_ root: String, of document: YDocument) -> String {
        let canonical = Canonical(precision: .exact)
        switch self {
        case .text: return document.text(root)
        case .delta: return document.canonicalDelta(document.delta(root), canonical)
        case .map: return canonical.text(of: document.json(root, as: .map))
        case .array: return canonical.text(of: document.json(root, as: .array))
        case .xml: return document.xml(root)
        }
    }
}
