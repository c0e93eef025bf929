/// What engines of documents are measured at.
enum DocumentTask: String, CaseIterable {
    /// Takes the whole state in from one v1 update, and reads the text.
    case load
    /// Takes every edit in as an update of its own, and reads the text.
    case apply
    case encode1
    case encode2
    /// Loads the document and tells what it takes of the heap.
    case memory
}
