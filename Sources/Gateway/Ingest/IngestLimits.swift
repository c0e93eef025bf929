/// How much samples may weigh on their way in.
package struct IngestLimits: Sendable, Hashable {
    /// A body as it comes.
    package var bodyBytesMaximum = 8 << 20
    /// A body unpacked.
    package var unpackedBytesMaximum = 32 << 20
    /// Bodies, unpacked, that are worked on at once; with more the hub is busy.
    package var workingBytesMaximum = 128 << 20

    package init() {}
}
