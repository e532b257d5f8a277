/// Takes secrets out of texts that people see.
package struct PostgresRedaction: Sendable, Hashable {
  private let secrets: [String]

  /// What stands where a secret was.
  package static let marker = "‹password›"

  /// Hides these texts wherever they occur, and passwords in what looks like an address or a setting.
  package init(_ secrets: [String]) {
    self.secrets = secrets.filter { !$0.isEmpty }
  }

  /// The text without secrets.
  package func apply(_ text: String) -> String {
    var safe = text
    for secret in secrets { safe = safe.replacing(secret, with: PostgresRedaction.marker) }
    safe = PostgresRedaction.hidingSettings(safe)
    return PostgresRedaction.hidingAddresses(safe)
  }

  /// Hides what follows `password=` up to a space, a quote or an ampersand.
  private static func hidingSettings(_ text: String) -> String {
    var (safe, rest) = ("", text[...])
    while let found = rest.firstRange(of: "password=") {
      safe += rest[..<found.upperBound] + marker
      rest = rest[found.upperBound...].drop { !" '\"&\n".contains($0) }
    }
    return safe + rest
  }

  /// Hides what stands between the user and the host of an address.
  private static func hidingAddresses(_ text: String) -> String {
    var (safe, rest) = ("", text[...])
    while let found = rest.firstRange(of: "://") {
      safe += rest[..<found.upperBound]
      rest = rest[found.upperBound...]
      let place = rest.prefix { !" /?'\"\n".contains($0) }
      guard let at = place.lastIndex(of: "@"), let colon = place[..<at].firstIndex(of: ":") else {
        continue
      }
      safe += rest[...colon] + marker
      rest = rest[at...]
    }
    return safe + rest
  }
}
