import Testing

@testable import LoadTest

/// If these fail, the peer looks slower than it is.
struct NATSTongueTests {
    @Test("A frame with several messages of the protocol is read to its end")
    func several() {
        let first = Stamp(publisher: 0, sequence: 1, nanoseconds: 1)
        let second = Stamp(publisher: 0, sequence: 2, nanoseconds: 2)
        var bytes = Array("INFO {}\r\nPONG\r\nMSG load.0 1 64\r\n".utf8)
        bytes += first.content() + Array("\r\nMSG load.0 1 64\r\n".utf8)
        bytes += second.content() + Array("\r\nPING\r\n".utf8)
        var heard: [String] = []
        NATSTongue().read(bytes.span) { heard.append("\($0)") }
        #expect(
            heard == [
                "\(Heard.joined(epoch: "", position: 0))",
                "\(Heard.delivered(position: -1, first))",
                "\(Heard.delivered(position: -1, second))",
            ]
        )
    }
}
