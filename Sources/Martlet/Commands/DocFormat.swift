import ArgumentParser

/// The two formats of Yjs's updates.
enum DocFormat: String, ExpressibleByArgument, CaseIterable {
    case v1, v2
}
