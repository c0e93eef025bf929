import Testing

/// The tests that start servers, one after another: the machine has few cores.
@Suite("With real servers", .serialized)
enum LiveRedis {}
