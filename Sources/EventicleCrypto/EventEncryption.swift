public import EventicleCore

/// Encrypts members of events with a key for each subject, so that a subject can be forgotten.
///
/// An event log is never rewritten, so a person's data cannot be deleted from it. It can be made
/// unreadable: each protected member is stored encrypted with its subject's key, and destroying
/// that one key (**crypto-shredding**) makes the member unreadable in every event, file and copy.
///
/// ```swift
/// let master = try MasterKey(parsing: secret)
/// let keys = try FileSubjectKeys.create(path: "shop.keys", master: master)  // once
/// let protection = EventEncryption(["user.created": ["name", "email"]], keys: keys)
/// let stored = try protection.seal(event)   // "email":{"$sealed":"v1",…}
/// protection.open(stored) == event          // true
/// try keys.shred(user: "alice")
/// protection.open(stored)                   // "email":{"$shredded":"v1","subject":"alice"}
/// ```
///
/// ## What is protected
///
/// ``ProtectedFields`` names members by event type. Any JSON value can be protected; its text comes
/// back byte for byte, and so does everything around it. The type of an event, its ids, its times
/// and the names of members stay readable and should hold nothing personal. An array is protected
/// as a whole. Where an object repeats a name, every value of it is protected. Events of other
/// types are not searched.
///
/// ## How it works
///
/// A random data key of 256 bits belongs to a subject, or to a user with many subjects
/// (``SubjectKeys/provision(_:user:)``). A master key wraps the data keys, so that a stolen key
/// file alone opens nothing. A value is sealed with AES-256-GCM and bound to the event's id and
/// type, its path, its subject and its key: moved elsewhere, it does not open. Nonces are derived
/// from what is sealed, so that sealing the same event again gives the same bytes.
///
/// ## What a reader gets
///
/// The plain value; or ``ProtectionMark/shredded(subject:)`` when its key was destroyed; or
/// ``ProtectionMark/unreadable(subject:reason:)`` when the sealed value was altered, the master key
/// is a different one, or the key is missing. Reading never traps and never invents data. A member
/// stored before its type was protected is plain and stays as it is.
///
/// ## What it cannot do
///
/// Plain data that was copied elsewhere, into records, other events or logs, is not protected. A
/// sealed value reveals its length. A copy of the key file made before shredding still holds the
/// key; after shredding, wrap the keys by a new master key and destroy the old one, which makes old
/// copies worthless.
public struct EventEncryption: EventProtection {
  /// What to do with an event whose subject has no key.
  public enum UnknownSubject: Sendable, Hashable {
    /// Make a key for the subject, even if an earlier one was shredded.
    case provision
    /// Refuse to seal the event.
    case refuse
  }

  /// The name shown for this kind of protection.
  public let name = "encryption"
  /// The members that are protected, by event type.
  public let fields: ProtectedFields
  /// The store of the subjects' keys.
  public let keys: any SubjectKeys
  /// What to do with an event whose subject has no key.
  public let unknownSubject: UnknownSubject

  /// Protects these members with the keys of these subjects.
  public init(
    _ fields: ProtectedFields, keys: any SubjectKeys, unknownSubject: UnknownSubject = .provision
  ) {
    self.fields = fields
    self.keys = keys
    self.unknownSubject = unknownSubject
  }
}

// MARK: - Sealing

extension EventEncryption {
  /// The event with its protected members sealed, as it is stored.
  ///
  /// Costs one search of the data for each path and one key lookup for an event with something to
  /// protect; other events cost nothing. Members that are sealed already and marks stay as they
  /// are.
  ///
  /// - Throws: ``SubjectKeyError`` when there is no subject, no key, or no way to protect a member.
  public func seal(_ event: Event) throws -> Event { try sealed(event) }

  private func sealed(_ event: Event) throws(SubjectKeyError) -> Event {
    guard let rule = fields[event.type] else { return event }
    var parts: [(range: Range<Int>, value: [UInt8])] = []
    var holder: (subject: SubjectID, key: DataKey)?
    for path in rule.paths {
      for place in try places(of: path, in: event) {
        let plain = Array(event.data.utf8[place.range])
        if staysAsItIs(plain, place: place, of: event) { continue }
        let (subject, key): (SubjectID, DataKey)
        if let holder {
          (subject, key) = holder
        } else {
          (subject, key) = try self.holder(of: event, by: rule)
          holder = (subject, key)
        }
        let context = SealContext.bytes(
          event: event, subject: subject.text, key: key.id, place: place)
        guard let box = key.seal(plain, context: context) else {
          throw .badData(event.id, reason: "the value at \(path) could not be encrypted")
        }
        let mark = ProtectionMark.sealed(
          subject: subject.text, key: key.id.text, box: Base64.text(of: box))
        parts.append((place.range, mark.json.utf8))
      }
    }
    return try replacing(parts, in: event)
  }

  /// Whether a value is a mark, or sealed for this very place.
  ///
  /// A value that only looks sealed is ordinary data: it is sealed, and comes back when opened.
  private func staysAsItIs(_ value: [UInt8], place: SealedPlace, of event: Event) -> Bool {
    guard let mark = mark(in: value) else { return false }
    guard case .sealed(let subject, let id, let box) = mark else { return true }
    switch keys.key(named: KeyID(id)) {
    case .found(let key):
      let context = SealContext.bytes(event: event, subject: subject, key: key.id, place: place)
      return Base64.bytes(of: box).flatMap { key.open($0, context: context) } != nil
    case .shredded: return true
    case .missing: return false
    }
  }

  private func holder(
    of event: Event, by rule: ProtectedFields.Rule
  ) throws(SubjectKeyError) -> (subject: SubjectID, key: DataKey) {
    guard let subject = try subject(of: event, at: rule.subject) else {
      throw .noSubject(event.id, event.type, expectedAt: rule.subject.description)
    }
    if let key = try keys.key(for: subject) { return (subject, key) }
    switch unknownSubject {
    case .refuse: throw .noKey(subject)
    case .provision: return (subject, try keys.provision(subject, user: nil))
    }
  }

  private func subject(
    of event: Event, at place: ProtectedFields.SubjectPlace
  ) throws(SubjectKeyError) -> SubjectID? {
    switch place {
    case .domainID:
      guard let id = event.domainID, !id.text.isEmpty else { return nil }
      return SubjectID(id.text)
    case .member(let path):
      guard let range = try places(of: path, in: event).last?.range else { return nil }
      switch try? JSON(parsing: Array(event.data.utf8[range])) {
      case .string(let text): return text.isEmpty ? nil : SubjectID(text)
      case .number(let number): return SubjectID(number.text)
      default: return nil
      }
    }
  }
}
