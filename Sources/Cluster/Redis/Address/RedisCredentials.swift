/// Whom the client is to Redis. Its descriptions never show the password.

package struct RedisCredentials: Hashable, Sendable {
    /// Nil is Redis's user "default".
    package let user: String?
    package let password: String

    package init(user: String? = nil, password: String) {
        self.user = user
        self.password = password
    }

    var command: RedisCommand {
        let name = user.map { [Array($0.utf8)] } ?? []
        return RedisCommand([Array("AUTH".utf8)] + name + [Array(password.utf8)])
    }
}

extension RedisCredentials: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    package var description: String { "\(user ?? "default"):…" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["user": user ?? "default"]) }
}
