/// The events of epoll, by name.

import CLinux

extension UInt32 {
    static var readable: UInt32 { clinux_readable }
    static var writable: UInt32 { clinux_writable }
    static var peerEnded: UInt32 { clinux_peer_ended }
    static var hungUp: UInt32 { clinux_hung_up }
    static var failed: UInt32 { clinux_failed }
    /// An event for every change, instead of one a turn as long as the state lasts. It saves the
    /// read that finds nothing, and the epoll_ctl around every full buffer and every pause.
    static var edgeTriggered: UInt32 { clinux_edge_triggered }

    func holds(_ events: UInt32) -> Bool { self & events != 0 }
}
