import EventicleCore
import EventicleWorkbench

/// Why the file of a session cannot be used.
enum KeptSessionError: Error, Hashable {
  /// It is something else, or damaged.
  case unreadable
  /// A newer program wrote it.
  case newer(Int)
  /// It belongs to another history.
  case foreign

  /// The reason, as it follows a colon.
  var reason: String {
    switch self {
    case .unreadable: "it is no session, or damaged"
    case .newer(let version): "it has version \(version), and this program reads up to 1"
    case .foreign: "it belongs to another history"
    }
  }
}

extension KeptSession {
  /// The version of the file; it rises when an older program would misunderstand it.
  static let version = 1
  /// The member that a file begins with.
  private static let title = "eventicle-session"
  /// The history to which a session belongs: its domain, and how it began.
  static func history(of session: Session) -> String {
    "\(session.domain.name) \(session.start) \(session.seed)"
  }

  private static let known: Set<String> = [
    title, "history", "moment", "held", "stops", "fork", "forks", "screen",
  ]

  // MARK: - Writing

  /// The bytes of its file: JSON, one member a line.
  func bytes(of history: String) -> [UInt8] {
    var members: [(String, JSON)] = [
      (Self.title, .int(Self.version)), ("history", .string(history)),
    ]
    if let place { members.append(("moment", Self.json(place))) }
    if isHeld { members.append(("held", true)) }
    if !stops.isEmpty { members.append(("stops", Self.json(stops))) }
    if let fork { members.append(("fork", .string(fork))) }
    if !forks.isEmpty { members.append(("forks", .array(forks.map { Self.json($0) }))) }
    members.append(("screen", look.json))
    members += others.map { ($0.key, $0.value) }
    let lines = members.map { "\(JSON.string($0.0).description):\($0.1.description)" }
    return Array("{\n\(lines.joined(separator: ",\n"))\n}\n".utf8)
  }

  private static func json(_ place: MomentName) -> JSON {
    .string("\(place.position).\(place.steps)")
  }

  private static func json(_ stops: [StopList.Kept]) -> JSON {
    .array(
      stops.map {
        ["stop": .int($0.number), "on": .string("\($0.stop)"), "isOn": .bool($0.isOn)]
      })
  }

  private static func json(_ fork: ForkRecipe) -> JSON {
    var json: JSON = [
      "name": .string(fork.name), "parent": .string(fork.parent), "left": Self.json(fork.origin),
      "entries": .int(fork.entries),
      "lines": .array(
        fork.parts.map { part in
          switch part {
          case .line(let line): .string(line)
          case .time(let instant): ["passed": .string("\(instant)")]
          }
        }),
    ]
    if fork.beganHeld { json["held"] = true }
    if let passed = fork.passed { json["passed"] = .string("\(passed)") }
    if let place = fork.place { json["moment"] = Self.json(place) }
    if !fork.stops.isEmpty { json["stops"] = Self.json(fork.stops) }
    if let marks = fork.marks {
      json["marks"] = .array(
        marks.map { ["name": .string($0.name), "moment": Self.json($0.place)] })
    }
    return json
  }

  // MARK: - Reading

  /// Reads the bytes of a file.
  ///
  /// What is wrong in a part of it leaves that part out.
  init(_ bytes: [UInt8], of history: String) throws(KeptSessionError) {
    guard let json = try? JSON(parsing: bytes), let object = json.object,
      let version = json[Self.title].integer
    else { throw .unreadable }
    guard version <= Self.version else { throw .newer(version) }
    guard let found = json["history"].string, isSameText(found, history) else { throw .foreign }
    place = Self.place(json["moment"])
    isHeld = json["held"].bool ?? false
    stops = Self.stops(json["stops"])
    fork = json["fork"].string
    forks = (json["forks"].array ?? []).compactMap { Self.recipe($0) }
    look = KeptLook(json["screen"])
    others = object.members.filter { !Self.known.contains($0.key) }
  }

  private static func place(_ json: JSON) -> MomentName? {
    guard let text = json.string, case .moment(let name)? = try? PositionExpression(parsing: text)
    else { return nil }
    return name
  }

  private static func stops(_ json: JSON) -> [StopList.Kept] {
    (json.array ?? []).prefix(Limits.stops).compactMap { item in
      guard let number = item["stop"].integer, number > 0, let text = item["on"].string,
        let stop = try? Stop(parsing: text)
      else { return nil }
      return StopList.Kept(number, stop, isOn: item["isOn"].bool ?? true)
    }
  }

  private static func recipe(_ json: JSON) -> ForkRecipe? {
    guard let name = json["name"].string, let parent = json["parent"].string,
      let left = place(json["left"]), let entries = json["entries"].integer
    else { return nil }
    let parts = (json["lines"].array ?? []).compactMap { part -> ForkRecipe.Part? in
      part.string.map { .line($0) } ?? instant(part["passed"]).map { .time($0) }
    }
    return ForkRecipe(
      name, leaving: parent, at: left, beganHeld: json["held"].bool ?? false, parts,
      passed: instant(json["passed"]), entries: entries, place: place(json["moment"]),
      marks: json["marks"].array?.compactMap { mark in
        guard let name = mark["name"].string, let place = place(mark["moment"]) else { return nil }
        return ForkRecipe.Mark(name, at: place)
      }, stops: stops(json["stops"]))
  }

  private static func instant(_ json: JSON) -> Instant? {
    json.string.flatMap { Instant(parsing: $0) }
  }
}
