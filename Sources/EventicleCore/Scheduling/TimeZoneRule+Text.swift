extension TimeZoneRule {
  /// Reads a zone: `UTC`, an offset such as `+02:00`, a name such as `Europe/Berlin` in any case,
  /// or a POSIX text such as `CET-1CEST,M3.5.0,M10.5.0/3`.
  ///
  /// - Throws: ``TimeZoneError``; for an unknown name it suggests the nearest ones.
  public init(_ text: String) throws(TimeZoneError) {
    if TimeZoneRule.namesOfUTC.contains(text.lowercased()) {
      self = .utc
    } else if text.hasPrefix("+") || text.hasPrefix("-") {
      guard let zone = TimeZoneRule(offsetText: text) else {
        throw TimeZoneError(
          reason: "An offset from UTC is written +02:00 or -0330 and is at most 24 hours, but "
            + "this is \"\(text)\".")
      }
      self = zone
    } else if let known = TimeZoneTable.entry(named: text) {
      guard let clocks = TimeZoneRule.clocks(posix: known.posix, name: known.name) else {
        throw TimeZoneError(reason: "The rule of \(known.name), \(known.posix), cannot be read.")
      }
      self.init(clocks: clocks)
    } else if let clocks = TimeZoneRule.clocks(posix: text, name: text) {
      guard clocks.summer != nil || clocks.standard == 0 || !TimeZoneRule.isAmbiguous(text) else {
        throw TimeZoneError(
          reason: "\"\(text)\" means east to some and west to others; write "
            + "\(TimeZoneRule.text(offset: -clocks.standard)) or "
            + "\(TimeZoneRule.text(offset: clocks.standard)).")
      }
      self.init(clocks: clocks)
    } else {
      throw TimeZoneError(reason: TimeZoneRule.complaint(about: text))
    }
  }

  private static let namesOfUTC: Set<String> = [
    "utc", "z", "zulu", "uct", "universal", "gmt", "etc/utc", "etc/zulu", "etc/uct",
    "etc/universal", "etc/gmt",
  ]

  /// A zone with a constant offset from UTC, in whole minutes and at most 24 hours.
  ///
  /// - Returns: `nil` for any other offset.
  public init?(offset: Interval) {
    guard offset.milliseconds % 60_000 == 0, offset.milliseconds.magnitude <= 86_400_000 else {
      return nil
    }
    let seconds = Int(offset.milliseconds / 1_000)
    let name = seconds == 0 ? "UTC" : TimeZoneRule.text(offset: seconds)
    let letters = String(name.filter { $0 != ":" })
    let posix = seconds == 0 ? "UTC0" : "<\(letters)>\(TimeZoneRule.text(offset: -seconds))"
    self.init(clocks: Clocks(name: name, posix: posix, standard: seconds, summer: nil))
  }

  private init?(offsetText text: String) {
    let digits = text.dropFirst().utf8.filter { $0 != 0x3A }
    let hasColon = text.utf8.count == 6 && text.utf8.dropFirst(3).first == 0x3A
    guard digits.count == 4 && hasColon || [2, 4].contains(text.utf8.count - 1) && !hasColon,
      digits.count == text.utf8.count - (hasColon ? 2 : 1),
      digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    let (hours, minutes) = digits.count == 2 ? (number, 0) : (number / 100, number % 100)
    guard minutes < 60 else { return nil }
    let size = hours * 60 + minutes
    self.init(offset: .minutes(text.hasPrefix("-") ? -size : size))
  }

  /// `+02:00`.
  private static func text(offset: Int) -> String {
    let minutes = abs(offset) / 60
    return (offset < 0 ? "-" : "+") + CivilTime.padded(minutes / 60, 2) + ":"
      + CivilTime.padded(minutes % 60, 2)
  }

  /// POSIX counts `UTC+2` west of Greenwich, people count it east.
  private static func isAmbiguous(_ text: String) -> Bool {
    text.uppercased().hasPrefix("UTC") || text.uppercased().hasPrefix("GMT")
  }

  private static func clocks(posix text: String, name: String) -> Clocks? {
    var reader = PosixZoneReader(text)
    guard reader.name() != nil, let west = reader.time(hours: 24) else { return nil }
    let standard = -west
    guard !reader.isAtEnd else {
      return Clocks(name: name, posix: text, standard: standard, summer: nil)
    }
    guard reader.name() != nil else { return nil }
    var offset = standard + 3_600
    if !reader.isAtEnd, !reader.isAtComma {
      guard let west = reader.time(hours: 24) else { return nil }
      offset = -west
    }
    guard let start = reader.change(), let end = reader.change(), reader.isAtEnd else {
      return nil
    }
    return Clocks(
      name: name, posix: text, standard: standard,
      summer: Summer(offset: offset, start: start, end: end))
  }

  private static func complaint(about text: String) -> String {
    let near = nearest(to: text, count: 3)
    let found = "There is no time zone \"\(text)\""
    guard !near.isEmpty else {
      return "\(found); write UTC, an offset such as +02:00, a name such as Europe/Berlin, or a "
        + "POSIX text such as CET-1CEST,M3.5.0,M10.5.0/3."
    }
    return "\(found); did you mean \(near.joined(separator: ", "))?"
  }

  /// Names close to the text, or whose last part is close to it.
  private static func nearest(to text: String, count: Int) -> [String] {
    guard !text.isEmpty, text.utf8.count <= 40 else { return [] }
    let word = text.lowercased().replacingSpaces()
    let ranked = names.compactMap { name -> (distance: Int, name: String)? in
      let whole = name.lowercased()
      let place = String(whole.split(separator: "/").last ?? "")
      let distance = min(corrections(word, whole), corrections(word, place))
      return distance <= max(1, word.count / 3) ? (distance, name) : nil
    }
    return ranked.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(count)
      .map(\.name)
  }

  /// The number of letters to insert, remove or replace.
  private static func corrections(_ left: String, _ right: String) -> Int {
    let right = Array(right.utf8)
    var row = Array(0...right.count)
    for (place, letter) in left.utf8.enumerated() {
      var diagonal = row[0]
      row[0] = place + 1
      for column in right.indices {
        let cost = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(cost, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}

/// Why a text is not a time zone.
public struct TimeZoneError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected and what was found.
  public let reason: String

  /// The error as one sentence.
  public var description: String { reason }
}

extension String {
  /// `new york` as names of zones write it: `new_york`.
  fileprivate func replacingSpaces() -> String { String(map { $0 == " " ? "_" : $0 }) }
}
