import Testing

@testable import Cluster

@Suite("The greeting of a connection")
struct GreetingTests {
    @Test("A name is not needed, but being let in is")
    func tolerates() {
        let name = Greeting(command: RedisCommand("CLIENT", "SETNAME", "x"), isNeeded: false)
        let select = Greeting(command: RedisCommand("SELECT", "3"), isNeeded: true)
        for text in ["NOPERM this user has no permissions", "ERR unknown command 'client'"] {
            #expect(name.tolerates(RedisServerError(text)))
            #expect(!select.tolerates(RedisServerError(text)))
        }
        for text in [
            "NOAUTH Authentication required.", "ERR max number of clients reached",
            "DENIED Redis is running in protected mode",
        ] {
            #expect(!name.tolerates(RedisServerError(text)))
        }
        #expect(select.tolerates(RedisServerError("ERR SELECT is not allowed in cluster mode")))
    }

    @Test("What a server repeats of a command is not shown")
    func hidesArguments() {
        let error = RedisServerError(
            "ERR unknown command 'AUTH', with args beginning with: 'hunter2' "
        )
        #expect(error.withoutArguments.message == "ERR unknown command 'AUTH'")
    }
}
