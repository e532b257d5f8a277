#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A connection over TCP that never waits: what cannot be done at once is done when it is called
/// again.
final class RedisSocket {
  /// Why there is no connection, without a full stop.
  struct Problem: Error {
    let reason: String
  }

  let descriptor: Int32
  private(set) var isConnected = false
  private var unsent: [UInt8] = []
  private var sent = 0

  /// Begins to connect.
  ///
  /// The name of the host is looked up here, which may take a while.
  init(host: String, port: Int) throws(Problem) {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, "\(port)", &hints, &found)
    guard code == 0, let first = found else {
      throw Problem(reason: "the host is not found: \(String(cString: gai_strerror(code)))")
    }
    defer { freeaddrinfo(first) }
    var reason = "no address"
    for place in sequence(first: first, next: { $0.pointee.ai_next }) {
      let info = place.pointee
      let socket = socket(
        info.ai_family,
        info.ai_socktype | Int32(SOCK_CLOEXEC.rawValue)
          | Int32(SOCK_NONBLOCK.rawValue), info.ai_protocol)
      guard socket >= 0 else {
        reason = Self.words(errno)
        continue
      }
      if connect(socket, info.ai_addr, info.ai_addrlen) == 0 || errno == EINPROGRESS {
        var on: Int32 = 1
        setsockopt(
          socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout.size(ofValue: on)))
        setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, socklen_t(MemoryLayout.size(ofValue: on)))
        descriptor = socket
        return
      }
      reason = Self.words(errno)
      Self.end(socket)
    }
    throw Problem(reason: reason)
  }

  deinit { Self.end(descriptor) }

  /// Whether something is still to be sent, or the connection is not there yet.
  var waitsToWrite: Bool { !isConnected || sent < unsent.count }

  /// Puts bytes behind those that are to be sent.
  func send(_ bytes: [UInt8]) {
    if sent == unsent.count { (unsent, sent) = ([], 0) }
    unsent += bytes
  }

  /// Finishes connecting, and sends what can be sent.
  func write() throws(Problem) {
    if !isConnected {
      var code: Int32 = 0
      var size = socklen_t(MemoryLayout.size(ofValue: code))
      getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
      guard code == 0 else { throw Problem(reason: Self.words(code)) }
      var address = sockaddr_storage()
      var length = socklen_t(MemoryLayout.size(ofValue: address))
      let isThere = withUnsafeMutablePointer(to: &address) { address in
        address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          getpeername(descriptor, $0, &length) == 0
        }
      }
      guard isThere else { return }
      isConnected = true
    }
    while sent < unsent.count {
      let count = unsent.withUnsafeBytes { bytes in
        Self.send(descriptor, UnsafeRawBufferPointer(rebasing: bytes[sent...]))
      }
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        if count < 0, errno == EAGAIN { return }
        throw Problem(reason: Self.words(errno))
      }
      sent += count
    }
  }

  /// Reads what is there; empty when nothing is.
  ///
  /// - Throws: ``Problem`` when the other side has closed the connection.
  func read(into room: inout [UInt8]) throws(Problem) -> Int {
    while true {
      let count = room.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
      if count > 0 { return count }
      guard count < 0 else { throw Problem(reason: "the server closed the connection") }
      if errno == EINTR { continue }
      guard errno == EAGAIN else { throw Problem(reason: Self.words(errno)) }
      return 0
    }
  }

  private static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    #else
      Darwin.send(descriptor, bytes.baseAddress, bytes.count, 0)
    #endif
  }

  private static func end(_ descriptor: Int32) {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  private static func words(_ code: Int32) -> String {
    switch code {
    case ECONNREFUSED: "nobody listens there"
    case ETIMEDOUT: "no answer in time"
    case EHOSTUNREACH, ENETUNREACH: "there is no way to that host"
    case ECONNRESET, EPIPE: "the connection was cut"
    default: String(cString: strerror(code))
    }
  }
}
