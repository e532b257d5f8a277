public import EventicleCore

/// Whom or what protected values are about: by default the domain id of the event.
public struct SubjectID: TextIdentifier {
  /// The name as it is written.
  public let text: String
  /// The subject of this name, unchecked.
  public init(_ text: String) { self.text = text }
}

/// The person who owns the keys of one or more subjects.
public struct UserID: TextIdentifier {
  /// The name as it is written.
  public let text: String
  /// The user of this name, unchecked.
  public init(_ text: String) { self.text = text }
}

/// What identifies one data key; random, and never used again after the key was shredded.
public struct KeyID: TextIdentifier {
  /// The name as it is written.
  public let text: String
  /// The key of this name, unchecked.
  public init(_ text: String) { self.text = text }
}
