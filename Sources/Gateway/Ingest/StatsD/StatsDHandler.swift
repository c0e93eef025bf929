import NIOCore

/// Gives each packet's bytes on.
final class StatsDHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let take: @Sendable ([UInt8]) -> Void

    init(_ take: @escaping @Sendable ([UInt8]) -> Void) {
        self.take = take
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        take(Array(unwrapInboundIn(data).data.readableBytesView))
    }

    /// A packet that can't be read says nothing of the next one.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
