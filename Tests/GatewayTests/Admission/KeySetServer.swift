import NIOCore
import NIOPosix
import Synchronization

/// An HTTP server on loopback that answers every request with the same body and counts them.
final class KeySetServer: Sendable {
    let body: Mutex<[UInt8]>
    let status = Mutex("200 OK")
    let requests = Atomic(0)
    private let channel: Mutex<(any Channel)?> = Mutex(nil)

    init(_ body: [UInt8]) {
        self.body = Mutex(body)
    }

    /// Serves while the work is done.
    func serve<Result>(_ work: (_ url: String) async throws -> Result) async throws -> Result {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answerer(server: self))
                }
            }
        let channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        do {
            let result = try await work("http://127.0.0.1:\(port)/keys")
            try await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }

    private final class Answerer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let server: KeySetServer
        private var head = ""

        init(server: KeySetServer) {
            self.server = server
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            head += String(buffer: unwrapInboundIn(data))
            guard head.hasSuffix("\r\n\r\n") else { return }
            server.requests.add(1, ordering: .relaxed)
            let body = server.body.withLock { $0 }
            var answer = ByteBuffer(
                string: """
                    HTTP/1.1 \(server.status.withLock { $0 })\r
                    Content-Length: \(body.count)\r
                    Connection: close\r
                    Location: /elsewhere\r
                    \r

                    """
            )
            answer.writeBytes(body)
            context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
            context.close(mode: .output, promise: nil)
        }
    }
}
