/// A file that is served as it is, from the binary.
package struct Page: Sendable {
    /// The path it is served at, with the leading slash.
    package let path: String
    package let contentType: String
    package let bytes: [UInt8]
    /// Holds `{{nonce}}` where each response has its own nonce.
    package let isTemplate: Bool
    /// Also served at every path below its own: the page tells them apart itself.
    package let hasBelow: Bool

    /// - Parameter isTemplate: HTML is one unless something else is said.
    package init(
        path: String,
        contentType: String,
        bytes: [UInt8],
        isTemplate: Bool? = nil,
        hasBelow: Bool = false
    ) {
        self.path = path
        self.contentType = contentType
        self.bytes = bytes
        self.isTemplate = isTemplate ?? contentType.hasPrefix("text/html")
        self.hasBelow = hasBelow
    }
}
