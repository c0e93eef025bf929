import CLinux
import Glibc

/// A name that is looked up on a thread of its own, because the resolver blocks. It may take as
/// long as the resolver likes, so whoever asks has a timeout of their own.
private final class HostLookup: Sendable {
    let host: String
    let port: UInt16
    let loop: EventLoop
    private let completion: LoopBound<(Result<[SocketAddress], SocketError>) -> Void>

    init(
        host: String,
        port: UInt16,
        loop: EventLoop,
        completion: @escaping (Result<[SocketAddress], SocketError>) -> Void
    ) {
        self.host = host
        self.port = port
        self.loop = loop
        self.completion = LoopBound(completion, on: loop)
    }

    /// False when there is no thread for it.
    func start() -> Bool {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self).toOpaque()
        let answer = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                clinux_name_thread("resolver")
                Unmanaged<HostLookup>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            },
            argument
        )
        guard answer == 0 else {
            Unmanaged<HostLookup>.fromOpaque(argument).release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private func run() {
        let answer: Result<[SocketAddress], SocketError>
        do throws(SocketError) {
            answer = .success(try SocketAddress.resolve(host: host, port: port))
        } catch {
            answer = .failure(error)
        }
        let completion = completion
        loop.submit { completion.value(answer) }
    }
}

extension EventLoop {
    /// The addresses of a host, by name or number. The completion is called on the loop, at once
    /// when nothing has to be looked up.
    package func resolve(
        host: String,
        port: UInt16,
        _ completion: @escaping (Result<[SocketAddress], SocketError>) -> Void
    ) {
        precondition(isCurrent, "A host was looked up away from its loop.")
        if let address = SocketAddress(host: host, port: port) {
            return completion(.success([address]))
        }
        let lookup = HostLookup(host: host, port: port, loop: self, completion: completion)
        guard lookup.start() else {
            return completion(.failure(.unresolved(host: host, reason: "no thread")))
        }
    }
}
