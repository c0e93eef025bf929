/// A piece of a text that one client wrote in one go, or what is left of it.
package struct YAuthoredRun: Sendable, Hashable {
    /// Empty for what is no text: an embed or a nested type.
    package var text: String
    package var client: UInt64
    /// UTF-16 code units, or one thing that is no text.
    package var length: Int
}
