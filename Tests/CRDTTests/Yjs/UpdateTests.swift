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
            "010101000401017403616263 00",
            "01030100040101740161810100018401010163 0101010101",
            "010201002101016d016b01a8010001 7d02 0101010001",
            "02010200040101740142 01010004010174014100",
            "0103010004010174016 10a018401010163 00",
            "01010100080101610d7d017d417d80017c3fc000007b7e37e43c8800759c7e787977017376010178"
                + "7d0175017d027dbfffffff0f7c4f00000083010c010900",
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
