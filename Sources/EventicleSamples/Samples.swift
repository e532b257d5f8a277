public import EventicleCore

/// The domains that come with the program.
public enum Samples {
  /// All of them.
  public static let all: [Domain] = [.shop, .bank]

  /// The one of a name.
  public static func named(_ name: String) -> Domain? { all.first { $0.name == name } }
}
