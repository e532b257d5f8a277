public import EventicleCore

/// The sample domains that come with the program.
public enum Samples {
  /// All sample domains: the shop and the bank.
  public static let all: [Domain] = [.shop, .bank]

  /// The sample domain with a name; `nil` when there is none.
  public static func named(_ name: String) -> Domain? { all.first { $0.name == name } }
}
