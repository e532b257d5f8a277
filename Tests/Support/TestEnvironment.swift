import Foundation

/// Settings of a test run from the environment or the Makefile.
public enum TestEnvironment {
  /// The variables of the test process.
  public static let variables: [String: String] = ProcessInfo.processInfo.environment

  /// Whether golden files are written instead of compared (`make golden`).
  public static let recordsGolden: Bool = isSet("RECORD_GOLDEN")

  /// Whether the slow tests run too (`make torture`).
  public static let isTorture: Bool = isSet("EVENTICLE_TORTURE")

  /// Whether a server of another system that is missing fails the tests that need it.
  public static let requiresBackends: Bool = isSet("EVENTICLE_REQUIRE_BACKENDS")

  /// The only seed to run, to repeat a failure.
  public static let seed: UInt64? = variables["EVENTICLE_SEED"].flatMap { UInt64($0) }

  /// How long a journey waits for a screen before it fails; `EVENTICLE_DEADLINE` in seconds.
  public static let deadline: Duration =
    .seconds(variables["EVENTICLE_DEADLINE"].flatMap { Int($0) } ?? 20)

  private static func isSet(_ name: String) -> Bool {
    guard let value = variables[name] else { return false }
    return !value.isEmpty && value != "0"
  }
}
