import Testing

@testable import Hub

@Suite("Positions")
struct PositionTests {
    @Test(
        "A position is read and written alike",
        arguments: ["0:0", "k3:41", "z:18446744073709551615", "1z141z3:7"]
    )
    func roundTrip(text: String) throws {
        #expect(try Position(text).description == text)
    }

    @Test(
        "What is no position is refused",
        arguments: [
            "", "0", ":", "k3:", ":41", "k3:-1", "k3:1:2", "k3:18446744073709551616", "1z141z4:1",
            "k3 :41", "k3: 41", "é:1", "-1:0", "zzzzzzzz:1", "+1:0", "0:+1",
        ]
    )
    func refuses(text: String) {
        let rejection = #expect(throws: Rejection.self) { try Position(text) }
        #expect(rejection?.code == .badRequest)
    }

    @Test("An epoch is a base-36 number of 32 bits", arguments: [0, 35, 36, UInt32.max])
    func epoch(number: UInt32) {
        #expect(Epoch(Epoch(number).description) == Epoch(number))
    }
}
