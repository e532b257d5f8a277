import EventicleCore
import EventicleRedis
import TestSupport

/// The recorded entries of the Node library.
enum WireFixture {
  struct MissingError: Error {}

  /// One recorded entry.
  struct Entry {
    let title: String
    let event: WireEvent
    /// What the library's own reader makes of it.
    let libraryReads: JSON
    /// Its fields as a Redis reply has them.
    let reply: [UInt8]
  }

  static func json(_ name: String) throws -> JSON {
    guard let text = Repository.text(at: "Tests/Fixtures/Wire/\(name).json") else {
      throw MissingError()
    }
    return try JSON(parsing: text)
  }

  static func entries() throws -> [Entry] {
    try json("redis")["entries"].array.map { $0.map { entry($0) } } ?? []
  }

  /// The entries of a case.
  static func entries(_ title: String) throws -> [Entry] {
    try entries().filter { $0.title.hasPrefix(title) }
  }

  private static func entry(_ json: JSON) -> Entry {
    let stream = json["stream"].string ?? ""
    let id = json["id"].string ?? ""
    let fields = (json["fields"].array ?? []).flatMap { field in
      (field.array ?? []).map { bytes($0) }
    }
    var reply = Array("*2\r\n$\(id.utf8.count)\r\n\(id)\r\n*\(fields.count)\r\n".utf8)
    for field in fields { reply += Array("$\(field.count)\r\n".utf8) + field + [0x0D, 0x0A] }
    var reader = RespReader()
    reader.add(reply)
    let value = (try? reader.next())?.value
    let event = value.flatMap { RedisEntry.event($0, of: stream) }
    return Entry(
      title: json["case"].string ?? "",
      event: event ?? WireEvent(stream: "", place: .redisStart, body: nil),
      libraryReads: json["libraryReads"], reply: reply)
  }

  static func bytes(_ value: JSON) -> [UInt8] {
    if let text = value.string { return Array(text.utf8) }
    return Base64.bytes(of: value["base64"].string ?? "") ?? []
  }

  /// When the entries were read, as far as the tests are concerned.
  static let arrival = Instant(milliseconds: 1_795_864_850_000)

  /// What becomes of the entries of a case.
  static func readings(_ title: String) throws -> [Reading] {
    try entries(title).map { WireReader.read($0.event, arrival: arrival) }
  }
}
