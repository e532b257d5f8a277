extension TextIdentifier where Self: Codable {
  /// Reads the identifier from its text.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the identifier as its text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

extension EventID: Codable {}
extension EventType: Codable {}
extension StreamName: Codable {}
extension DomainID: Codable {}
extension GroupName: Codable {}
extension Workspace: Codable {}
