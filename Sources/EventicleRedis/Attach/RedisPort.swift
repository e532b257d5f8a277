package import EventicleCore

/// Reads the streams of a Redis server: first what was asked of the past, then what happens.
///
/// It joins no group, acknowledges nothing and writes nothing: ``RedisCommand`` has no command for it.
package final class RedisPort: RemotePort {
  /// What it is doing.
  enum Stage: Sendable, Equatable {
    /// Between two tries.
    case waiting(until: Instant)
    case connecting(until: Instant)
    case working
    case over
  }

  let address: RedisAddress
  let from: AttachStart
  private let password: String?
  var stage: Stage
  private var tries = 0
  private let seed: UInt64
  private var socket: RedisSocket?
  private var reader = RespReader()
  /// What was asked, in order, with what its answer is for.
  private var expected: [(command: RedisCommand, take: (RespValue) -> Void)] = []
  private var heard: Instant
  private var room = [UInt8](repeating: 0, count: 65_536)
  private(set) var now: Instant
  var notices: [PortNotice] = []

  var streams: [StreamProgress] = []
  /// Where each stream is in the list.
  var places: [String: Int] = [:]
  var merge: StreamMerge?
  /// The events of a merge backwards, until all are there.
  var gathered: [WireEvent] = []
  var isLive = false
  var looked: Instant
  var scanned: Instant
  /// The stream whose groups are looked at next.
  var nextLook = 0

  /// How long to wait for a connection, and for an answer beyond what was asked to wait.
  private static let connectPatience = Interval(milliseconds: 5_000)
  private static let patience = Interval(milliseconds: 7_000)
  /// How long the server waits for new entries.
  static let block = 2_000

  /// Creates a port that connects when it is first called.
  ///
  /// - Parameters:
  ///   - address: Where the server is, and its streams; all of them when it names none.
  ///   - password: The password, if the server asks for one.
  ///   - from: What is read of the past.
  ///   - now: The time of the machine.
  package init(
    _ address: RedisAddress, password: String? = nil, from: AttachStart = .standard, now: Instant
  ) {
    self.address = address
    self.password = password
    self.from = from
    self.now = now
    seed = UInt64(bitPattern: now.milliseconds)
    (stage, heard, looked, scanned) = (.waiting(until: now), now, now, now)
    for name in address.streams { add(name) }
  }

  func add(_ name: String) {
    guard places[name] == nil else { return }
    places[name] = streams.count
    streams.append(StreamProgress(name))
  }

  // MARK: - The loop

  package var descriptors: [PollDescriptor] {
    guard let socket else { return [] }
    return [
      PollDescriptor(socket.descriptor, reads: socket.isConnected, writes: socket.waitsToWrite)
    ]
  }

  package var deadline: Instant? {
    switch stage {
    case .waiting(let instant), .connecting(let instant): instant
    case .working: expected.isEmpty ? nil : heard + Self.patience
    case .over: nil
    }
  }

  package func advance(_ ready: [Int32], now: Instant) -> [PortNotice] {
    self.now = now
    if case .waiting(let instant) = stage, now >= instant { connect() }
    if let socket, ready.contains(socket.descriptor) { move(socket) }
    switch stage {
    case .connecting(let instant) where now >= instant: lose("no answer in time")
    case .working where !expected.isEmpty && now - heard >= Self.patience:
      lose("the server is silent")
    default: break
    }
    defer { notices = [] }
    return notices
  }

  package func close() {
    stage = .over
    drop()
  }

  private func drop() {
    socket = nil
    reader = RespReader()
    expected = []
    merge?.forgetRequests()
  }

  private func connect() {
    do throws(RedisSocket.Problem) {
      socket = try RedisSocket(host: address.host, port: address.port)
      stage = .connecting(until: now + Self.connectPatience)
    } catch {
      lose(error.reason)
    }
  }

  private func move(_ socket: RedisSocket) {
    do throws(RedisSocket.Problem) {
      let wasConnected = socket.isConnected
      if socket.waitsToWrite { try socket.write() }
      guard socket.isConnected else { return }
      if !wasConnected { greet() }
      // A bounded share, so that others come to their turn.
      for _ in 0..<16 {
        let count = try socket.read(into: &room)
        guard count > 0 else { break }
        heard = now
        reader.add(room[..<count])
        guard takeReplies() else { return }
        if count < room.count { break }
      }
      if socket.waitsToWrite { try socket.write() }
    } catch {
      lose(error.reason)
    }
  }

  /// Takes the replies that are there; `false` when the connection is over.
  private func takeReplies() -> Bool {
    do throws(RespError) {
      while let reply = try reader.next() {
        guard !expected.isEmpty else { throw RespError("nothing was asked") }
        let (command, take) = expected.removeFirst()
        let value = reply.value
        if let error = value.error, !command.toleratesErrors(error) {
          switch RedisRefusal(error, of: command, at: address.server) {
          case .final(let sentence): refuse(sentence)
          case .passing(let reason): lose(reason)
          }
          return false
        }
        take(value)
        guard stage == .working else { return false }
      }
      return true
    } catch {
      lose(error.description)
      return false
    }
  }

  // MARK: - What becomes of the connection

  /// Asks for something; what it is for gets the answer.
  func ask(_ command: RedisCommand, _ take: @escaping (RespValue) -> Void) {
    if expected.isEmpty { heard = now }
    expected.append((command, take))
    socket?.send(command.bytes)
  }

  private func greet() {
    stage = .working
    if let password {
      ask(.authenticate(user: address.user, password: password)) { _ in }
    }
    if address.database > 0 { ask(.select(database: address.database)) { _ in } }
    discover()
  }

  /// Notes that everything works.
  func succeed() {
    tries = 0
    notices.append(.connected(server: address.server))
  }

  func lose(_ reason: String) {
    guard stage != .over else { return }
    drop()
    tries += 1
    let pause = Backoff.reconnecting.wait(before: tries, seed: seed)
    stage = .waiting(until: now + pause)
    notices.append(.lost(reason, next: pause))
  }

  private func refuse(_ sentence: String) {
    drop()
    stage = .over
    notices.append(.refused(sentence))
  }
}

extension RedisCommand {
  /// Whether one can do without its answer.
  fileprivate func toleratesErrors(_ error: String) -> Bool {
    switch self {
    case .stream: error.hasPrefix("ERR no such key")
    case .groups, .consumers, .time: true
    default: false
    }
  }
}
