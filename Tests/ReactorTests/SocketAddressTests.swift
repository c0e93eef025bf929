/// Addresses as they are written and read.

import Reactor
import Testing

@Suite("Socket addresses")
struct SocketAddressTests {
    @Test("An address reads back as it was written", arguments: [
        "127.0.0.1:8000", "0.0.0.0:0", "255.1.2.3:65535", "[::1]:8000", "[2001:db8::7]:443",
        "[fe80::1%2]:80", "unix:/run/hub.sock",
    ])
    func roundTrips(text: String) throws {
        #expect(try #require(SocketAddress(parsing: text)).description == text)
    }
}
