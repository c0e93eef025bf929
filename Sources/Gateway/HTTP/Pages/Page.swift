/// A file that is served as it is, from the binary.
package struct Page: Sendable {
    /// The path it is served at, with the leading slash.
    package let path: String
    package let contentType: String
    package let bytes: [UInt8]

    package init(path: String, contentType: String, bytes: [UInt8]) {
        self.path = path
        self.contentType = contentType
        self.bytes = bytes
    }
}
