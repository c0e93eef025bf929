/// Where MOVED and ASK point: "MOVED 3999 127.0.0.1:6381".

struct Redirection {
    let slot: KeySlot
    let endpoint: RedisEndpoint

    init?(_ error: RedisServerError, from asked: RedisEndpoint) {
        let words = error.message.split(separator: " ")
        guard words.count >= 3, let slot = Int(words[1]).flatMap({ KeySlot($0) }),
            let endpoint = RedisEndpoint(redirection: words[2], hostWhenEmpty: asked.host)
        else { return nil }
        self.slot = slot
        self.endpoint = endpoint
    }
}
