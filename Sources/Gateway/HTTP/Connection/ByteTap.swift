import NIOCore

/// The first handler of an HTTP connection: replays what the reactor had read and counts bytes.
///
/// It also sees where a read ended, which the decoder behind it doesn't tell, and gives that one
/// head at a time: what follows an upgrade's head is no HTTP any more.
final class ByteTap: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What may come behind the head of an upgrade before it is answered.
    private static let earlyBytesMaximum = 64 << 10

    private var replay: [UInt8]
    /// Read, and not yet given to the decoder.
    private var rest = ByteBuffer()
    private var isGiving = false
    private var headEnd = HeadEnd()
    private let watcher: ConnectionGuard
    private let instruments: Instruments
    private var context: ChannelHandlerContext?
    /// Bytes of a request's line up to its line feed; what came so far while there is none.
    private(set) var requestLineBytes = 0
    private var hasRequestLine = false
    /// The last four bytes read, the newest lowest; a read may end anywhere.
    private var lastBytes: UInt32 = 0

    /// True when what was read ends with a blank line: nothing follows the head that ends there.
    var endsWithBlankLine: Bool {
        lastBytes == 0x0D0A_0D0A || lastBytes & 0xFFFF == 0x0A0A
    }

    init(replay: [UInt8], watcher: ConnectionGuard, instruments: Instruments) {
        self.replay = replay
        self.watcher = watcher
        self.instruments = instruments
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        guard !replay.isEmpty else { return }
        let bytes = context.channel.allocator.buffer(bytes: replay)
        replay = []
        // Before the loop has read from the socket: order is kept.
        receive(bytes, context: context)
        context.fireChannelReadComplete()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        receive(unwrapInboundIn(data), context: context)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        instruments.httpBytesOut.add(unwrapOutboundIn(data).readableBytes)
        context.write(data, promise: promise)
    }

    /// Completes when everything written so far is with the kernel.
    func flush(_ promise: EventLoopPromise<Void>) {
        guard let context else {
            promise.fail(ChannelError.ioOnClosedChannel)
            return
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: promise)
    }

    private func receive(_ bytes: ByteBuffer, context: ChannelHandlerContext) {
        instruments.httpBytesIn.add(bytes.readableBytes)
        if rest.readableBytes == 0 { rest = bytes } else { rest.writeImmutableBuffer(bytes) }
        // What the decoder causes may be read from again: the outer call goes on with it.
        guard !isGiving else { return }
        isGiving = true
        defer { isGiving = false }
        while rest.readableBytes > 0, !watcher.awaitsUpgrade {
            guard watcher.takesBytes() else { return rest.clear() }
            give(nextPart(), context: context)
        }
        guard rest.readableBytes > Self.earlyBytesMaximum else { return }
        rest.clear()
        watcher.refuseEarly()
    }

    /// What came behind the head of an upgrade.
    func takeEarly() -> [UInt8] {
        defer { rest.clear() }
        return Array(rest.readableBytesView)
    }

    /// Up to the end of the head, between requests; else all there is.
    private func nextPart() -> ByteBuffer {
        if watcher.isBetweenRequests, let length = headEnd.find(in: rest.readableBytesView),
            let head = rest.readSlice(length: length)
        {
            return head
        }
        return exchange(&rest, with: ByteBuffer())
    }

    private func give(_ bytes: ByteBuffer, context: ChannelHandlerContext) {
        let view = bytes.readableBytesView
        if watcher.isBetweenRequests { measureRequestLine(view) }
        for byte in view.suffix(4) { lastBytes = lastBytes << 8 | UInt32(byte) }
        context.fireChannelRead(wrapInboundOut(bytes))
    }

    private func measureRequestLine(_ bytes: ByteBufferView) {
        guard !hasRequestLine else { return }
        if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
            requestLineBytes += end - bytes.startIndex
            hasRequestLine = true
        } else {
            requestLineBytes += bytes.count
        }
    }

    /// Called at the end of each request: the next byte begins a request's line.
    func startRequestLine() {
        requestLineBytes = 0
        hasRequestLine = false
        headEnd = HeadEnd()
    }
}
