/// What a document shows, written for clients that read bytes.
struct DocumentFrames: Sendable {
    /// Finished frames for all who address the document by its name alone.
    let frames: [UInt8]
    /// The messages, for those who address it otherwise.
    let messages: [[UInt8]]
    /// The title that it gives the document, for clients that ask for it.
    var title: String?

    static let nothing = DocumentFrames(frames: [], messages: [])
}
