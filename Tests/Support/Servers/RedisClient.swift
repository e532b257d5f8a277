import Foundation

/// A client of Redis for tests, which write what the console only reads.
public final class RedisClient {
  /// A reply.
  public indirect enum Reply: Equatable, Sendable {
    case text(String)
    case number(Int)
    case list([Reply])
    case nothing
    case error(String)

    /// The texts of a list, or the one text.
    public var texts: [String] {
      switch self {
      case .text(let text): [text]
      case .number(let number): ["\(number)"]
      case .list(let replies): replies.flatMap(\.texts)
      case .nothing, .error: []
      }
    }

    /// The number, also where it is a text.
    public var number: Int? { texts.first.flatMap { Int($0) } }
  }

  /// Why there is no reply.
  public struct ConnectionError: Error {}

  private let socket: Int32
  private var unread: ArraySlice<UInt8> = []

  /// Connects to a port of this machine.
  public init(port: Int) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    address.sin_port = UInt16(port).bigEndian
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else { throw ConnectionError() }
  }

  deinit { close(socket) }

  /// Sends a command and waits for its reply.
  @discardableResult
  public func run(_ words: String...) throws -> Reply { try run(words) }

  /// Sends a command and waits for its reply.
  @discardableResult
  public func run(_ words: [String]) throws -> Reply {
    send(words)
    return try reply()
  }

  /// Sends a command whose replies are read later.
  public func send(_ words: [String]) {
    var bytes = Array("*\(words.count)\r\n".utf8)
    for word in words {
      bytes += Array("$\(word.utf8.count)\r\n\(word)\r\n".utf8)
    }
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes {
        let rest = UnsafeRawBufferPointer(rebasing: $0[start...])
        return Glibc.send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      start += count
    }
  }

  /// Appends an event as the Node library does.
  ///
  /// - Parameter place: Its id in the stream; the server's clock gives one by default.
  @discardableResult
  public func emit(
    _ stream: String, _ type: String, _ id: String, domainID: String, data: String = "{}",
    createdAt: Int64, at place: String = "*"
  ) throws -> String {
    let body =
      #"{"type":"\#(type)","id":"\#(id)","domainId":"\#(domainID)","data":\#(data),"#
      + #""createdAt":\#(createdAt),"source":"test","stream":"\#(stream)"}"#
    let headers =
      #"{"type":"\#(type)","domainId":"\#(domainID)","id":"\#(id)","source":"test","#
      + #""causedById":"","causedByType":"","createdAt":"\#(createdAt)","traceparent":""}"#
    let reply = try run(
      "XADD", stream, place, "buf", Data(body.utf8).base64EncodedString(), "key", domainID, "ts",
      "\(createdAt)", "hdrs", headers)
    return reply.texts.first ?? ""
  }

  /// The next reply.
  public func reply() throws -> Reply {
    let line = try line()
    let rest = String(line.dropFirst())
    switch line.first {
    case "+": return .text(rest)
    case "-": return .error(rest)
    case ":": return .number(Int(rest) ?? 0)
    case "$":
      guard let length = Int(rest), length >= 0 else { return .nothing }
      let bytes = try bytes(length + 2).dropLast(2)
      return .text(String(decoding: bytes, as: UTF8.self))
    case "*":
      guard let count = Int(rest), count >= 0 else { return .nothing }
      var list: [Reply] = []
      for _ in 0..<count { list.append(try reply()) }
      return .list(list)
    default: throw ConnectionError()
    }
  }

  private func line() throws -> String {
    var line: [UInt8] = []
    while true {
      let byte = try bytes(1).first ?? 0
      if byte == 0x0A { return String(decoding: line.dropLast(), as: UTF8.self) }
      line.append(byte)
    }
  }

  private func bytes(_ count: Int) throws -> ArraySlice<UInt8> {
    while unread.count < count {
      var room = [UInt8](repeating: 0, count: 65_536)
      let length = recv(socket, &room, room.count, 0)
      guard length > 0 else { throw ConnectionError() }
      unread = ArraySlice(Array(unread) + room[..<length])
    }
    defer { unread = unread.dropFirst(count) }
    return unread.prefix(count)
  }
}
