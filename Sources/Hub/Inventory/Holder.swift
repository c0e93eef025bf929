/// For whom pieces are held.
package struct Holder: Hashable, Sendable {
    /// A user, or whatever staff named, such as an order.
    package let name: String
    /// Staff named it: then staff alone may alter the hold. An order that is called like a user is
    /// somebody else.
    package let isNamed: Bool

    package init(name: String, isNamed: Bool) {
        self.name = name
        self.isNamed = isNamed
    }
}
