import NIOCore
import Testing

@testable import Gateway

@Suite("Values of the HTTP plane")
struct ValueTests {
    @Test(
        "Dates are written as RFC 9110 has them",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_709_164_799, "Wed, 28 Feb 2024 23:59:59 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ]
    )
    func dates(seconds: Int64, text: String) {
        #expect(HTTPDate.text(secondsSince1970: seconds) == text)
    }

    @Test("Percent-encoding is undone, and refused where it is broken")
    func percent() {
        #expect(PercentCoding.decode("a%2Fb+c") == "a/b+c")
        #expect(PercentCoding.decode("a+b", plusIsSpace: true) == "a b")
        for broken in ["%", "%4", "%zz", "%ff", "%C3%28", "%00"] {
            #expect(PercentCoding.decode(Substring(broken)) == nil)
        }
        let all = "a/b c?ü👍~"
        #expect(PercentCoding.decode(Substring(PercentCoding.encode(all))) == all)
    }

    @Test("A query is its pairs; the first of a name counts, and their number is bounded")
    func query() {
        let query = Query("a=1&b=%20&a=2&c&d=x=y")
        #expect(query?["a"] == "1")
        #expect(query?["b"] == " ")
        #expect(query?["c"] == "")
        #expect(query?["d"] == "x=y")
        #expect(query?["e"] == nil)
        let many = Array(repeating: "a=1", count: 65).joined(separator: "&")
        #expect(Query(Substring(many)) == nil)
    }

    @Test("A connection waits for one thing at a time, from when that wait began")
    func progress() {
        let start = NIODeadline.uptimeNanoseconds(0)
        func at(_ seconds: Int64) -> NIODeadline { start + .seconds(seconds) }
        var progress = ConnectionProgress(at: start)
        #expect(progress.wait == .request)
        progress.bytesArrived(at: at(1))
        progress.bytesArrived(at: at(2))
        #expect(progress.wait == .head)
        #expect(progress.waitingSince == at(1))
        progress.headArrived(at: at(3))
        #expect(progress.wait == .body)
        progress.bytesArrived(at: at(4))
        #expect(progress.waitingSince == at(3))
        progress.requestEnded(at: at(5))
        #expect(progress.wait == .response)
        // The next request's head comes in while this one is answered.
        progress.headArrived(at: at(6))
        progress.requestEnded(at: at(6))
        progress.responded(at: at(7))
        #expect(progress.wait == .response)
        progress.responded(at: at(8))
        #expect(progress.wait == .request)
        #expect(progress.waitingSince == at(8))
        progress.writabilityChanged(false, at: at(9))
        #expect(progress.wait == .writing)
        progress.parted(at: at(10))
        #expect(progress.wait == .farewell)
    }

    @Test("A client on this machine is told from one that isn't")
    func loopback() {
        func address(_ text: String, isLocal: Bool = false) -> ClientAddress {
            ClientAddress(text: text, peer: text, isLocal: isLocal)
        }
        #expect(address("127.0.0.1").isLoopback)
        #expect(address("::1").isLoopback)
        #expect(address("unix", isLocal: true).isLoopback)
        #expect(!address("192.0.2.1", isLocal: true).isLoopback)
        #expect(!address("unix").isLoopback)
        #expect(!address("").isLoopback)
    }

    @Test("JSON is told by its media type, whatever its parameters")
    func mediaType() {
        #expect(BodyReader.isJSON("application/json"))
        #expect(BodyReader.isJSON("Application/JSON ; charset=utf-8"))
        #expect(!BodyReader.isJSON("text/plain; application/json"))
        #expect(!BodyReader.isJSON("application/jsonp"))
        #expect(!BodyReader.isJSON(nil))
    }
}
