public import EventicleCore

/// The person or thing that protected values are about: by default the domain id of the event.
public struct SubjectID: TextIdentifier {
  /// The text as it is shown and stored.
  public let text: String
  /// A subject by name, without checks.
  public init(_ text: String) { self.text = text }
}

/// The person who owns the keys of one or more subjects.
public struct UserID: TextIdentifier {
  /// The text as it is shown and stored.
  public let text: String
  /// A user by name, without checks.
  public init(_ text: String) { self.text = text }
}

/// The id of one data key: random, and never reused after the key was shredded.
public struct KeyID: TextIdentifier {
  /// The text as it is shown and stored.
  public let text: String
  /// A key id from its text, without checks.
  public init(_ text: String) { self.text = text }
}
