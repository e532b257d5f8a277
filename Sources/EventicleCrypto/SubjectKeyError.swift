public import EventicleCore

/// Why a key cannot be found, made, shredded or stored.
public enum SubjectKeyError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A subject has no key, and none may be made for it.
  case noKey(SubjectID)
  /// An event has something to protect but does not name its subject.
  case noSubject(EventID, EventType, expectedAt: String)
  /// The data of an event cannot be searched for members to protect.
  case badData(EventID, reason: String)
  /// A subject belongs to another user already.
  case ownedByAnother(SubjectID, owner: UserID, wanted: UserID)
  /// A subject shares its key with other subjects of its user.
  case sharedKey(SubjectID, user: UserID, subjects: Int)
  /// There is nothing to shred under this name.
  case nothingToShred(String)
  /// The store does not have the key.
  case unknownKey(KeyID)
  /// The keys were wrapped by a different master key.
  case otherMasterKey(expected: String, given: String)
  /// The stored form of a key is damaged.
  case damagedKey(KeyID)
  /// Bytes or text are not a valid key.
  case badKey(reason: String)
  /// A key file cannot be used.
  case file(path: String, reason: String)

  /// The error as one sentence, with the way out.
  public var description: String {
    switch self {
    case .noKey(let subject):
      "subject \(subject) has no key and none is made on demand; provision one first"
    case .noSubject(let id, let type, let place):
      "event \(id) of type \(type) has members to protect but no subject at \(place); "
        + "give it one, or take the subject from elsewhere in the protected fields"
    case .badData(let id, let reason):
      "the data of event \(id) cannot be protected: \(reason)"
    case .ownedByAnother(let subject, let owner, let wanted):
      "subject \(subject) belongs to user \(owner) already and cannot be given to \(wanted); "
        + "shred \(owner) first, or use another subject"
    case .sharedKey(let subject, let user, let subjects):
      "subject \(subject) has one key with all \(subjects) subjects of user \(user); "
        + "shred the user to forget them all"
    case .nothingToShred(let name):
      "there is no key of \(name); list the keys to see the names"
    case .unknownKey(let id):
      "key \(id) is not among the keys at hand; was the event sealed elsewhere?"
    case .otherMasterKey(let expected, let given):
      "the keys were wrapped by master key \(expected), the one given is \(given)"
    case .damagedKey(let id):
      "the stored form of key \(id) is damaged; restore the keys from a copy"
    case .badKey(let reason):
      reason
    case .file(let path, let reason):
      "key file \(path): \(reason)"
    }
  }
}
