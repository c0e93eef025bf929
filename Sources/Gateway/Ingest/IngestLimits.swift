/// How much samples may weigh on their way in.
package struct IngestLimits: Sendable, Hashable {
    /// A body as it comes.
    package var bodyBytesMaximum = 8 << 20
    /// A body unpacked.
    package var unpackedBytesMaximum = 32 << 20
    /// Bodies, by their weight, that are worked on at once; with more the hub is busy.
    package var workingBytesMaximum = 128 << 20

    package init() {}

    /// What a body counts as while it is worked on. How large a packed one is shows only when it is
    /// unpacked: twenty times is about the most that snappy gives, and what text gives in gzip.
    /// Gzip may give far more, but only as many bodies are unpacked at once as there are threads.
    func weight(of bytes: Int, isPacked: Bool) -> Int {
        isPacked ? max(bytes, min(unpackedBytesMaximum, bytes * 20)) : bytes
    }
}
