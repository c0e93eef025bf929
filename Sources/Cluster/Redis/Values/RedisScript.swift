/// A Lua script, called by the SHA-1 of its source. A node that doesn't know it is given that.

package struct RedisScript: Hashable, Sendable {
    let source: [UInt8]
    /// In lower-case hexadecimal, as EVALSHA has it.
    let digest: [UInt8]

    package init(_ source: String) {
        self.source = Array(source.utf8)
        digest = SHA1.hexadecimal(of: self.source)
    }
}
