/// What went wrong with a socket of a test.
enum SocketError: Error {
    case failed(String, Int32)
    case ended(String)
    case malformed(String)
}
