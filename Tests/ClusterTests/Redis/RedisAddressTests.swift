import Testing

@testable import Cluster

@Suite("Addresses of Redis")
struct RedisAddressTests {
    private func endpoint(_ host: String, _ port: UInt16) -> RedisEndpoint {
        RedisEndpoint(host: host, port: port)
    }

    @Test("Hosts, ports and databases are read")
    func reads() throws {
        let plain = try RedisAddress("redis://localhost")
        #expect(plain.endpoints == [endpoint("localhost", 6379)])
        #expect(plain.kind == .direct && !plain.isTLS && plain.credentials == nil)
        let many = try RedisAddress("REDISS://10.0.0.1:7000,[fe80::1]:7001,[::1],b/5")
        #expect(many.isTLS && many.database == 5)
        #expect(
            many.endpoints == [
                endpoint("10.0.0.1", 7000), endpoint("fe80::1", 7001), endpoint("::1", 6379),
                endpoint("b", 6379),
            ]
        )
        #expect(try RedisAddress("redis://a,a:6379").endpoints.count == 1)
    }

    @Test("Sentinels are asked for a master by name")
    func readsSentinels() throws {
        let address = try RedisAddress("redis+sentinel://:pw@s1,s2:26380/my%2Fmaster/2")
        #expect(address.kind == .sentinel(master: "my/master"))
        #expect(address.endpoints == [endpoint("s1", 26379), endpoint("s2", 26380)])
        #expect(address.database == 2 && address.credentials?.password == "pw")
        #expect(try RedisAddress("rediss+sentinel://s/m").isTLS)
    }

    @Test(
        "Users and passwords are decoded, whatever stands in them",
        arguments: [
            ("redis://ada:lovelace@h", "ada", "lovelace"),
            ("redis://:secret@h", nil, "secret"),
            ("redis://a%3Ab:p%40ss%2F%25@h", "a:b", "p@ss/%"),
            ("redis://ada:p@ss:w/o?r#d@h", "ada", "p@ss:w/o?r#d"),
            ("redis://:%C3%BC@h", nil, "ü"),
        ]
    )
    func readsCredentials(text: String, user: String?, password: String) throws {
        let address = try RedisAddress(text)
        #expect(address.credentials == RedisCredentials(user: user, password: password))
        #expect(address.endpoints == [endpoint("h", 6379)])
    }

    @Test(
        "What is no address is refused with the reason",
        arguments: [
            ("localhost:6379", RedisAddressError.schemeMissing),
            ("http://localhost", .schemeUnknown("http")),
            ("redis://", .hostMissing), ("redis://:6379", .hostMissing),
            ("redis://a,,b", .hostMissing), ("redis://::1", .hostInvalid),
            ("redis://[::1", .hostInvalid), ("redis://[::1]x", .hostInvalid),
            ("redis://[a]:1", .hostInvalid), ("redis://a b", .hostInvalid),
            ("redis://a:0", .portInvalid), ("redis://a:65536", .portInvalid),
            ("redis://a:", .portInvalid), ("redis://a:+1", .portInvalid),
            ("redis://a:secret", .portInvalid),
            ("redis://a/x", .databaseInvalid("x")), ("redis://a/1/2", .databaseInvalid("1/2")),
            ("redis://a/-1", .databaseInvalid("-1")),
            ("redis+sentinel://a", .masterMissing), ("redis+sentinel://a/", .masterMissing),
            ("redis://ada@h", .credentialsIncomplete), ("redis://ada:@h", .credentialsIncomplete),
            ("redis://:%4@h", .percentEncodingInvalid), ("redis://:%zz@h", .percentEncodingInvalid),
            ("redis://:%ff@h", .percentEncodingInvalid), ("redis://h?a=b", .optionsUnknown),
        ]
    )
    func refuses(text: String, error: RedisAddressError) {
        #expect(throws: error) { try RedisAddress(text) }
        #expect(!error.description.contains("secret"))
    }

    @Test("No description shows the password")
    func hidesPasswords() throws {
        let address = try RedisAddress("rediss+sentinel://ada:hunter2@[::1]:7,b/main/4")
        #expect(address.description == "rediss+sentinel://ada:…@[::1]:7,b:26379/main/4")
        var dumped = ""
        dump(address, to: &dumped)
        for text in ["\(address)", String(reflecting: address), dumped] {
            #expect(!text.contains("hunter2"))
        }
    }
}
