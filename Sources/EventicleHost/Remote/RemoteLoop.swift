package import EventicleCore
internal import Foundation
internal import Synchronization

/// Runs ports of another system on a thread of its own, and keeps what they say until it is taken.
///
/// When nobody takes it, nothing more is read: the other side waits.
package final class RemoteLoop: AttachSource, @unchecked Sendable {
  // The port belongs to the thread; all else is read and written under the lock.
  private let make: @Sendable (Instant) -> any RemotePort
  private let mailbox = Mutex(Mailbox())
  private let bell: WakePipe

  private struct Mailbox {
    var notices: [PortNotice] = []
    var events = 0
    var hasEnded = false
    var wake: (@Sendable () -> Void)?
  }

  /// How many events may wait to be taken before nothing more is read.
  private static let mostWaiting = 20_000
  /// How long it sleeps at most.
  private static let longestSleep = 60_000

  /// Creates a loop that reads once it is begun.
  ///
  /// - Parameter make: Makes the port, on the thread of the loop, at a time of the machine.
  package init(_ make: @escaping @Sendable (Instant) -> any RemotePort) {
    self.make = make
    bell = WakePipe()
  }

  package func begin(wake: @escaping @Sendable () -> Void) {
    mailbox.withLock { $0.wake = wake }
    let thread = Thread { [self] in run() }
    thread.name = "remote"
    thread.start()
  }

  package func take(events limit: Int) -> [PortNotice] {
    let (taken, wasFull) = mailbox.withLock { box -> ([PortNotice], Bool) in
      let wasFull = box.events >= Self.mostWaiting
      var (taken, count) = ([PortNotice](), 0)
      while let next = box.notices.first, count < limit {
        guard case .events(let events, let areHistory) = next else {
          taken.append(box.notices.removeFirst())
          continue
        }
        let share = min(events.count, limit - count)
        count += share
        taken.append(.events(Array(events[..<share]), areHistory: areHistory))
        if share == events.count {
          box.notices.removeFirst()
        } else {
          box.notices[0] = .events(Array(events[share...]), areHistory: areHistory)
        }
      }
      box.events -= count
      return (taken, wasFull)
    }
    if wasFull { bell.ring() }
    return taken
  }

  package var hasMore: Bool { mailbox.withLock { !$0.notices.isEmpty } }

  package func end() {
    mailbox.withLock { box in
      box.hasEnded = true
      box.wake = nil
    }
    bell.ring()
  }

  // MARK: - The thread

  private static var now: Instant {
    Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
  }

  private func run() {
    let port = make(Self.now)
    var ready: [Int32] = []
    while !mailbox.withLock({ $0.hasEnded }) {
      let isFull = mailbox.withLock { $0.events >= Self.mostWaiting }
      if !isFull { put(port.advance(ready, now: Self.now)) }
      ready = wait(isFull ? [] : port.descriptors, until: isFull ? nil : port.deadline)
    }
    port.close()
  }

  private func put(_ notices: [PortNotice]) {
    guard !notices.isEmpty else { return }
    let wake = mailbox.withLock { box in
      for notice in notices {
        if case .events(let events, _) = notice { box.events += events.count }
        // Of figures only the newest are news.
        if case .figures = notice, case .figures? = box.notices.last { box.notices.removeLast() }
        box.notices.append(notice)
      }
      return box.wake
    }
    wake?()
  }

  /// Waits for descriptors, for a time, or for the bell.
  private func wait(_ descriptors: [PollDescriptor], until deadline: Instant?) -> [Int32] {
    var polled = descriptors.map { wanted in
      pollfd(
        fd: wanted.descriptor,
        events: Int16(wanted.reads ? POLLIN : 0) | Int16(wanted.writes ? POLLOUT : 0), revents: 0)
    }
    polled.append(pollfd(fd: bell.reading, events: Int16(POLLIN), revents: 0))
    let rest = deadline.map { Int(clamping: ($0 - Self.now).milliseconds) }
    let sleep = Int32(max(0, min(rest ?? Self.longestSleep, Self.longestSleep)))
    guard poll(&polled, nfds_t(polled.count), sleep) > 0 else { return [] }
    if polled[polled.count - 1].revents != 0 { bell.drain() }
    return polled.dropLast().filter { $0.revents != 0 }.map(\.fd)
  }
}

/// A pipe that ends a wait from another thread.
private final class WakePipe: Sendable {
  let reading: Int32
  private let writing: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (reading, writing) = (ends[0], ends[1])
  }

  func ring() {
    var byte: UInt8 = 1
    _ = write(writing, &byte, 1)
  }

  func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(reading, &bytes, 64) > 0 {}
  }

  deinit {
    close(reading)
    close(writing)
  }
}
