import EventicleCore

/// A file that a console opened before.
struct RecentFile: Hashable, Sendable {
  /// Its path, whatever folder the program works in.
  let path: String
  /// Its name, and where it is when it is not in the folder in which the program works.
  let name: String
  let folder: String
  /// The name of the domain whose events it has.
  let domain: String
  /// When it was opened or left last, in words: `today 17:02`.
  let when: String
  /// How many events it had; `nil` when nobody counted.
  let events: Int?

  /// What the list says of it.
  var note: String {
    let count = events.map { "\($0) \($0 == 1 ? "event" : "events")" }
    return [domain, when, count ?? "", folder].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  /// A time in words, as seen from another one; both in the time zone of the reader.
  static func when(_ time: CivilTime, seenFrom now: CivilTime) -> String {
    func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(digits(time.hour)):\(digits(time.minute))"
    switch now.dayNumber - time.dayNumber {
    case 0: return "today \(clock)"
    case 1: return "yesterday \(clock)"
    default: return "\(time.year)-\(digits(time.month))-\(digits(time.day))"
    }
  }
}
