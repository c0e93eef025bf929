/// A node of the cluster as the others know it.
package struct Neighbour: Hashable, Sendable {
    package let name: String
    /// Made anew each time the node's process starts.
    package let incarnation: String
    /// Where the other nodes reach it by HTTP; empty where it said nothing.
    package let address: String
}
