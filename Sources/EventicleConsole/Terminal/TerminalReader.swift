import CSupervisor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Waits for bytes from the terminal and for signals, and reads all there are.
struct TerminalReader {
  /// What arrived, signals included.
  enum Event: Hashable {
    case input(TerminalInput)
    case resize
    case resume
    case suspend
  }

  /// The byte that other threads write into the wake pipe.
  static let wakeByte = CChar(UInt8(ascii: "."))

  private let source: Int32
  private let wake: Int32
  private var decoder = KeyDecoder()
  private var timer = SettleTimer()
  private var isAtEnd = false
  private var asked: UInt64?

  /// A reader of the terminal and of the pipe for signals.
  init(source: Int32 = STDIN_FILENO, wake: Int32) {
    self.source = source
    self.wake = wake
  }

  /// Waits for input, a wake-up or the timeout, then reads until nothing is left, for at most a
  /// tenth of a second.
  mutating func next(timeoutMilliseconds: Int?) -> [Event] {
    guard !isAtEnd else { return [.input(.closed)] }
    let start = Self.now()
    let end = timeoutMilliseconds.map { start + UInt64(max(0, $0)) }
    var events: [Event] = []
    while true {
      let ready = wait(until: Self.earlier(end, timer.due))
      if ready.isWoken { events += signals() }
      if ready.isReadable { read(into: &events) }
      if let due = timer.due, !ready.isReadable, Self.now() >= due {
        settle(into: &events)
      }
      let now = Self.now()
      if isAtEnd || now > start + Self.patience, !events.isEmpty { break }
      if ready.isWoken || ready.isReadable { if isReady() { continue } }
      if ready.isWoken || !events.isEmpty { break }
      if let end, now >= end { break }
    }
    return Self.coalesced(events)
  }

  /// Notes that the terminal was asked for something.
  mutating func expectReply() {
    decoder.expectReply()
    asked = Self.now()
  }

  /// Waits a moment for an answer that was asked for just now, and drops what arrives.
  ///
  /// Otherwise the answer would be typed into the program that has the terminal next.
  mutating func dropReply() {
    guard decoder.expectsReply, let asked, Self.now() - asked < 1_000 else { return }
    _ = next(timeoutMilliseconds: 100)
  }

  private static let patience: UInt64 = 100

  private mutating func read(into events: inout [Event]) {
    var bytes = [UInt8](repeating: 0, count: 64 * 1024)
    let capacity = bytes.count
    #if canImport(Glibc)
      let count = Glibc.read(source, &bytes, capacity)
    #else
      let count = Darwin.read(source, &bytes, capacity)
    #endif
    guard count > 0 else {
      if count < 0, errno == EINTR || errno == EAGAIN { return }
      isAtEnd = true
      events.append(.input(.closed))
      return
    }
    let before = decoder.pending
    events += decoder.feed(bytes[..<count]).map(Event.input)
    timer.arrived(count, before: before, pending: decoder.pending, at: Self.now())
  }

  private mutating func settle(into events: inout [Event]) {
    let before = decoder.pending
    events += decoder.settle().map(Event.input)
    timer.settled(before: before, pending: decoder.pending, at: Self.now())
  }

  private func signals() -> [Event] {
    var bytes = [UInt8](repeating: 0, count: 512)
    let capacity = bytes.count
    #if canImport(Glibc)
      let count = Glibc.read(wake, &bytes, capacity)
    #else
      let count = Darwin.read(wake, &bytes, capacity)
    #endif
    return bytes.prefix(max(0, count)).compactMap(Self.event)
  }

  private static func event(of byte: UInt8) -> Event? {
    switch UInt32(byte) {
    case SUPERVISOR_WAKE_RESIZE.rawValue: .resize
    case SUPERVISOR_WAKE_CONTINUE.rawValue: .resume
    case SUPERVISOR_WAKE_SUSPEND.rawValue: .suspend
    case SUPERVISOR_WAKE_HANGUP.rawValue: .input(.terminate(signal: SIGHUP))
    case SUPERVISOR_WAKE_INTERRUPT.rawValue: .input(.terminate(signal: SIGINT))
    case SUPERVISOR_WAKE_QUIT.rawValue: .input(.terminate(signal: SIGQUIT))
    case SUPERVISOR_WAKE_TERMINATE.rawValue: .input(.terminate(signal: SIGTERM))
    default: nil
    }
  }

  // Only the last of several resizes counts; stopping and continuing happen once.
  private static func coalesced(_ events: [Event]) -> [Event] {
    var result: [Event] = []
    for (index, event) in events.enumerated() {
      let isRepeated = event == .resize || event == .resume || event == .suspend
      if isRepeated, events[(index + 1)...].contains(event) { continue }
      result.append(event)
    }
    return result
  }

  private func isReady() -> Bool {
    let ready = wait(until: 0)
    return ready.isReadable || ready.isWoken
  }

  private func wait(until time: UInt64?) -> (isReadable: Bool, isWoken: Bool) {
    var files = [
      pollfd(fd: source, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
    ]
    let now = Self.now()
    let timeout = time.map { Int32(clamping: $0 > now ? $0 - now : 0) } ?? -1
    guard poll(&files, 2, timeout) > 0 else { return (false, false) }
    // Hang-ups and errors count as readable too: reading finds out which.
    return (files[0].revents != 0, files[1].revents != 0)
  }

  private static func earlier(_ first: UInt64?, _ second: UInt64?) -> UInt64? {
    guard let first, let second else { return first ?? second }
    return min(first, second)
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
  }
}
