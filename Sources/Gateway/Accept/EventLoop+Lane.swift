import Hub
import Reactor

/// The reactor's loops are the domain's lanes: actors run on the thread that reads the sockets.
extension EventLoop: Lane {}
