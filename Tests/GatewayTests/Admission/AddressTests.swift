import Glibc
import Testing

@testable import Gateway

@Suite("Addresses")
struct AddressTests {
    @Test(
        "Addresses are read and written in their one short form",
        arguments: [
            ("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "0.0.0.0"),
            ("255.255.255.255", "255.255.255.255"),
            ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
            ("2001:db8::1:0:0:1", "2001:db8::1:0:0:1"), ("[2001:db8::1]", "2001:db8::1"),
            ("fe80::1%eth0", "fe80::1"), ("::ffff:192.0.2.1", "192.0.2.1"),
            ("::ffff:c000:201", "192.0.2.1"),
            ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
            ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
            ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
        ]
    )
    func reading(text: String, expected: String) {
        #expect(IPAddress(text)?.description == expected)
    }

    @Test(
        "What is no address is refused",
        arguments: [
            "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4",
            "1..2.3", "a.b.c.d",
            "1.2.3.-4", ":", ":::", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3",
            "12345::", "g::",
            "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1.2.3.4::", "::1.2.3", "127.0.0.1:80",
            "[::1]:80",
            "localhost", "١.٢.٣.٤", "0x7f.1.1.1", "::1::", "::::",
        ]
    )
    func refusing(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("Random texts are read as inet_pton reads them")
    func differential() {
        var generator = SeededGenerator(seed: 5)
        let pieces = ["::", ":", "0", "1", "ffff", "2001", "db8", "a", "1.2.3.4", "."]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...12, using: &generator))
                .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            guard text.contains(":") else { continue }
            var address = in6_addr()
            let isGood = inet_pton(AF_INET6, text, &address) == 1
            let read = IPAddress(text)
            #expect((read != nil) == isGood, "\(text)")
            guard isGood, let read else { continue }
            let bytes = withUnsafeBytes(of: &address) { Array($0) }
            #expect(IPAddress(bytes: bytes) == read, "\(text)")
            #expect(IPAddress(read.description) == read, "\(text)")
        }
    }

    @Test(
        "A range holds the addresses of its prefix and no others",
        arguments: [
            ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
            ("10.1.2.3/8", "10.9.9.9", true), ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false), ("192.0.2.1/32", "192.0.2.1", true),
            ("192.0.2.0/31", "192.0.2.1", true), ("192.0.2.0/31", "192.0.2.2", false),
            ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false),
            ("::/0", "2001:db8::1", true),
            ("::/0", "8.8.8.8", false), ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::", false), ("::1/128", "::1", true),
            ("fe80::/10", "febf::1", true),
            ("fe80::/10", "fec0::1", false), ("10.0.0.0/8", "::ffff:10.0.0.1", true),
        ]
    )
    func ranges(range: String, address: String, isInside: Bool) throws {
        let range = try #require(AddressRange(range))
        #expect(range.contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(
        "What is no range is refused",
        arguments: [
            "", "/", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/8/8",
            "10.0.0.0/+8", "x/8",
            "10.0.0.0/9999999999", "10.0.0.0/ 8",
        ]
    )
    func badRanges(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(
        "Only what trusted proxies added to X-Forwarded-For is believed",
        arguments: [
            ("192.0.2.9", ["6.6.6.6"], "192.0.2.9"),
            ("10.0.0.1", [], "10.0.0.1"),
            ("10.0.0.1", ["1.1.1.1"], "1.1.1.1"),
            ("10.0.0.1", ["6.6.6.6, 1.1.1.1"], "1.1.1.1"),
            ("10.0.0.1", ["6.6.6.6, 1.1.1.1, 10.0.0.2"], "1.1.1.1"),
            ("10.0.0.1", ["6.6.6.6", "1.1.1.1,10.0.0.2"], "1.1.1.1"),
            ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            ("10.0.0.1", ["6.6.6.6, nonsense"], "10.0.0.1"),
            ("10.0.0.1", ["6.6.6.6, nonsense, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", [""], "10.0.0.1"),
            ("10.0.0.1", ["1.1.1.1,"], "10.0.0.1"),
            ("10.0.0.1", ["1.1.1.1:4711"], "1.1.1.1"),
            ("10.0.0.1", ["[2001:db8::1]:4711"], "2001:db8::1"),
            ("10.0.0.1", ["2001:DB8::1"], "2001:db8::1"),
            ("10.0.0.1", ["\t 1.1.1.1 \t"], "1.1.1.1"),
            ("unix", ["1.1.1.1"], "1.1.1.1"),
            ("::ffff:10.0.0.1", ["1.1.1.1"], "1.1.1.1"),
            ("::ffff:192.0.2.9", ["6.6.6.6"], "192.0.2.9"),
        ] as [(String, [String], String)]
    )
    func forwarded(peer: String, forwardedFor: [String], expected: String) throws {
        let proxies = try #require(TrustedProxies(["10.0.0.0/8", "unix"]))
        #expect(proxies.clientAddress(peer: peer, forwardedFor: forwardedFor) == expected)
    }

    @Test("A chain longer than any sane one is not walked to its end")
    func longChain() throws {
        let proxies = try #require(TrustedProxies(["10.0.0.0/8"]))
        let chain = "6.6.6.6" + String(repeating: ",10.0.0.2", count: 100_000)
        #expect(proxies.clientAddress(peer: "10.0.0.1", forwardedFor: [chain]) == "10.0.0.2")
    }

    @Test("A Unix socket is trusted only when it is named")
    func unix() throws {
        #expect(!TrustedProxies.none.trust("unix"))
        #expect(try #require(TrustedProxies(["loopback"])).trust("::1"))
        #expect(!(try #require(TrustedProxies(["loopback"])).trust("unix")))
        #expect(TrustedProxies(["everywhere"]) == nil)
    }

    @Test("Limits count a /64 as one host")
    func limitKeys() {
        #expect(IPAddress("192.0.2.1")?.limitKey == "192.0.2.1")
        #expect(IPAddress("2001:db8:1:2:3::4")?.limitKey == "2001:db8:1:2::/64")
        #expect(Admission.limitKey(of: "unix") == "unix")
    }
}
