import NIOCore
import NIOHTTP1

/// Keeps an HTTP connection within its limits, and ends it the right way.
///
/// It stands between the HTTP decoder and Hummingbird, on the connection's loop: answers what never
/// becomes a request (408, 414, 431, 400), closes after the last response without losing it, and
/// gives the socket back when a WebSocket is asked for.
final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        case open
        /// The request with this number is the last that is answered.
        case last(UInt64)
        /// The final response is out; what still comes is read and dropped.
        case parting
        /// The socket is on its way back to the reactor.
        case returning
        /// It is there, or closed.
        case gone
    }

    private let limits: HTTPLimits
    private let instruments: Instruments
    private let watch: LoopWatch
    /// With the head, and what came behind it.
    private let giveBack: (HTTPRequestHead, [UInt8], ChannelHandlerContext) -> Void
    private var context: ChannelHandlerContext?
    private var state = State.open
    private var progress: ConnectionProgress
    /// Said once the responses before it are out.
    private var failure: ParseFailure?
    private var upgrade: HTTPRequestHead?
    private var closesAfterResponse = false
    private var hasResponseHead = false
    weak var tap: ByteTap?

    init(
        limits: HTTPLimits,
        instruments: Instruments,
        watch: LoopWatch,
        giveBack: @escaping (HTTPRequestHead, [UInt8], ChannelHandlerContext) -> Void
    ) {
        self.limits = limits
        self.instruments = instruments
        self.watch = watch
        self.giveBack = giveBack
        progress = ConnectionProgress(at: .now())
    }

    var isBetweenRequests: Bool { progress.isBetweenRequests }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        watch.add(self, on: context.eventLoop)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        watch.remove(self)
    }

    /// Called for each read before the decoder sees it; false when nothing is read any more.
    func takesBytes() -> Bool {
        switch state {
        case .parting, .returning, .gone: return false
        case .open, .last: break
        }
        guard failure == nil else { return false }
        progress.bytesArrived(at: .now())
        return true
    }

    /// True from an upgrade's head on: what follows it is for the reactor.
    var awaitsUpgrade: Bool {
        if case .returning = state { return true }
        return upgrade != nil
    }

    /// RFC 6455, 4.1 has clients wait for the answer: some bytes are kept for those that don't.
    func refuseEarly() {
        if case .returning = state { return abandon() }
        upgrade = nil
        fail(.early)
    }

    // MARK: - What comes in

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .open = state, failure == nil else {
            // The body of the last request is still wanted.
            if case .last(let number) = state, progress.headCount == number, failure == nil {
                pass(unwrapInboundIn(data), context: context)
            }
            return
        }
        pass(unwrapInboundIn(data), context: context)
    }

    private func pass(_ part: HTTPServerRequestPart, context: ChannelHandlerContext) {
        switch part {
        case .head(let head):
            guard case .open = state else { return }
            headArrived(head, context: context)
        case .body:
            context.fireChannelRead(wrapInboundOut(part))
        case .end:
            tap?.startRequestLine()
            if upgrade != nil {
                returnIfIdle(context)
            } else {
                progress.requestEnded(at: .now())
                context.fireChannelRead(wrapInboundOut(part))
            }
        }
    }

    private func headArrived(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        switch UpgradeRequest(head) {
        case .webSocket:
            guard tap?.endsWithBlankLine == true else { return fail(.early) }
            upgrade = head
            return
        case .malformed:
            return fail(.malformed)
        case .other:
            state = .last(progress.headCount + 1)
        case .none:
            if !head.isKeepAlive { state = .last(progress.headCount + 1) }
        }
        let hosts = head.headers["host"].count
        guard hosts == 1 || (hosts == 0 && head.version == .http1_0) else { return fail(.host) }
        progress.headArrived(at: .now())
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else {
            context.close(promise: nil)
            return
        }
        guard error == .headerOverflow else { return fail(.malformed) }
        let isTarget = (tap?.requestLineBytes ?? 0) > limits.targetBytesMaximum
        fail(isTarget ? .target : .head)
    }

    func channelInactive(context: ChannelHandlerContext) {
        state = .gone
        watch.remove(self)
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        progress.writabilityChanged(context.channel.isWritable, at: .now())
        context.fireChannelWritabilityChanged()
    }

    // MARK: - What goes out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch state {
        case .open, .last: break
        case .parting, .returning, .gone:
            promise?.fail(ChannelError.outputClosed)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if head.status.code >= 200 { finish(&head) }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            context.write(data, promise: promise)
            responded(context)
        }
    }

    /// The fields that depend on the connection.
    private func finish(_ head: inout HTTPResponseHead) {
        hasResponseHead = true
        head.headers.add(name: "Date", value: watch.date)
        if case .last(let number) = state, number == progress.responseCount + 1 {
            closesAfterResponse = true
        }
        // A body that nobody wants is not waited for.
        if !progress.hasWholeRequest || watch.isDraining { closesAfterResponse = true }
        if head.headers.contains(name: "connection") { closesAfterResponse = true }
        if closesAfterResponse { head.headers.replaceOrAdd(name: "Connection", value: "close") }
    }

    private func responded(_ context: ChannelHandlerContext) {
        hasResponseHead = false
        progress.responded(at: .now())
        // A drain that came after the response's head has nothing else to wait for.
        if closesAfterResponse || (watch.isDraining && !progress.isAnswering) {
            context.flush()
            part(context)
        } else if !progress.isAnswering {
            if let failure { answer(failure, context) }
            returnIfIdle(context)
        }
    }

    // MARK: - How it ends

    /// Half-closes: the client reads the response to its end, and is read from for a while, because
    /// a close with unread bytes is a reset that could overtake the response.
    private func part(_ context: ChannelHandlerContext) {
        state = .parting
        progress.parted(at: .now())
        context.close(mode: .output, promise: nil)
    }

    private func fail(_ failure: ParseFailure) {
        guard let context, self.failure == nil else { return }
        self.failure = failure
        if !progress.isAnswering { answer(failure, context) }
    }

    private func answer(_ failure: ParseFailure, _ context: ChannelHandlerContext) {
        guard !hasResponseHead else { return abandon() }
        let body = context.channel.allocator.buffer(bytes: failure.rejection.errorBody())
        var headers = HTTPHeaders([("Content-Type", "application/json")])
        headers.add(name: "Content-Length", value: String(body.readableBytes))
        headers.add(name: "Connection", value: "close")
        headers.add(name: "Date", value: watch.date)
        let head = HTTPResponseHead(version: .http1_1, status: failure.status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        instruments.httpRefused(status: Int(failure.status.code))
        part(context)
    }

    private func returnIfIdle(_ context: ChannelHandlerContext) {
        guard !progress.isAnswering, let head = upgrade, case .open = state, let tap else { return }
        upgrade = nil
        state = .returning
        watch.remove(self)
        let flushed = context.eventLoop.makePromise(of: Void.self)
        flushed.futureResult.assumeIsolated().whenComplete { [self] result in
            guard case .returning = state else { return }
            state = .gone
            switch result {
            case .success: giveBack(head, tap.takeEarly(), context)
            case .failure: context.close(promise: nil)
            }
        }
        tap.flush(flushed)
    }

    // MARK: - Time

    func check(at now: NIODeadline) {
        let wait = progress.wait
        guard let timeout = limits.timeout(of: wait),
            now - progress.waitingSince >= TimeAmount(timeout)
        else { return }
        switch wait {
        case .head: fail(.timeout)
        case .body: if let context { answer(.timeout, context) }
        case .request, .writing, .farewell: abandon()
        case .response: break
        }
    }

    /// The hub goes away: an idle connection closes, another one after its response.
    func drain() {
        if progress.wait == .request { abandon() }
    }

    func abandon() {
        state = .gone
        context?.close(promise: nil)
    }
}
