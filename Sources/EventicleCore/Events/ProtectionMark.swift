/// Replaces a protected member in an event's data.
///
/// ```json
/// {"$sealed":"v1","subject":"alice","key":"k1f0…","box":"q2Vz…"}
/// {"$shredded":"v1","subject":"alice"}
/// {"$unreadable":"v1","subject":"alice","reason":"…"}
/// ```
public enum ProtectionMark: Sendable, Hashable {
  /// A cipher text: the person the value is about, the key that opens it, and the box in base64.
  case sealed(subject: String, key: String, box: String)
  /// The key was destroyed; the value can never be read again.
  case shredded(subject: String)
  /// The value could not be opened, for a reason that may be temporary.
  case unreadable(subject: String, reason: String)

  /// The version of the written form, the only one that is read.
  public static let version = "v1"

  private static let sealedName = "$sealed"
  private static let shreddedName = "$shredded"
  private static let unreadableName = "$unreadable"

  /// Reads a mark, its members in any order; `nil` for anything else.
  public init?(_ value: JSON) {
    guard let object = value.object, (2...4).contains(object.count) else { return nil }
    func text(_ name: String) -> String? { object[name]?.string }
    func isWhole(_ name: String, _ members: Int) -> Bool {
      object.count == members && text(name).map { isSameText($0, Self.version) } == true
    }
    guard let subject = text("subject") else { return nil }
    if isWhole(Self.sealedName, 4), let key = text("key"), let box = text("box") {
      self = .sealed(subject: subject, key: key, box: box)
    } else if isWhole(Self.shreddedName, 2) {
      self = .shredded(subject: subject)
    } else if isWhole(Self.unreadableName, 3), let reason = text("reason") {
      self = .unreadable(subject: subject, reason: reason)
    } else {
      return nil
    }
  }

  /// Whether a value claims to be sealed, in a version that can be read or not.
  public static func claimsToBeSealed(_ value: JSON) -> Bool {
    value.object?[sealedName] != nil
  }

  /// What stands in the data of a stored event in place of the member.
  public var json: JSON {
    let version = JSON.string(Self.version)
    return switch self {
    case .sealed(let subject, let key, let box):
      [
        Self.sealedName: version, "subject": .string(subject), "key": .string(key),
        "box": .string(box),
      ]
    case .shredded(let subject):
      [Self.shreddedName: version, "subject": .string(subject)]
    case .unreadable(let subject, let reason):
      [Self.unreadableName: version, "subject": .string(subject), "reason": .string(reason)]
    }
  }
}
