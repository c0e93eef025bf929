import CRDT
import Testing

/// Updates as bytes.
struct UpdateTests {
    @Test("An empty update is two zeros")
    func emptyUpdate() throws {
        #expect(try YUpdate(v1: [0, 0]).isEmpty)
        #expect(YUpdate().encodedV1() == [0, 0])
    }

    @Test(
        "An update of the first format is written as it was read",
        arguments: [
            "01010100040101740361626300",
            "010301000401017401618101000184010101630101010101",
            "010201002101016d016b01a80100017d020101010001",
            "0201020004010174014201010004010174014100",
            "010301000401017401610a01840101016300",
            "01020100080101610d7d017d417d80017c3fc000007b7e37e43c8800759c7e7879770173"
                + "760101787d0175017d027dbfffffff0f7c4f00000083010c010900",
            "010101002901016d016401677602086175746f4c6f616478046d657461760101717d0100",
            "01040100070101780301702800010001630177017607000100060400010202686900",
            "010401000601017404626f6c64047472756584010002616286010204626f6c64046e756c6c8501"
                + "03097b22696d67223a317d00",
        ]
    )
    func identity(hex: String) throws {
        let bytes = Hex.bytes(hex)
        #expect(try YUpdate(v1: bytes).encodedV1() == bytes)
    }
}
