/// The names of time zones, every zone and link of tzdata, and the rules in force there now.
///
/// Only current rules are known: an instant of an earlier year is shown by today's rule, and
/// changes without a yearly rule, such as Morocco's at Ramadan, are left out.
enum TimeZoneTable {
  /// The name as tzdata writes it and the POSIX text of a name in any case.
  static func entry(named name: String) -> (name: String, posix: String)? {
    entries[name.lowercased()]
  }

  /// Every name, in order.
  static let names = entries.values.map(\.name).sorted()

  private static let entries: [String: (name: String, posix: String)] = {
    var entries: [String: (name: String, posix: String)] = [:]
    var posix = ""
    for word in rules.split(whereSeparator: \.isWhitespace) {
      if word.hasPrefix("=") {
        posix = String(word.dropFirst())
      } else {
        entries[word.lowercased()] = (String(word), posix)
      }
    }
    return entries
  }()
}
