/// How the peer compresses, as far as reading it goes.
package struct Decompression: Hashable, Sendable {
    /// The base-two logarithm of the peer's window, 8 to 15.
    package let windowBits: UInt8
    /// Whether a message may refer back to those before it: then the window outlives the message.
    package let keepsContext: Bool

    package init(windowBits: UInt8 = 15, keepsContext: Bool = false) {
        self.windowBits = windowBits
        self.keepsContext = keepsContext
    }
}
