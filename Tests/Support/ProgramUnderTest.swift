import Foundation

/// Finds the built program.
public enum ProgramUnderTest {
  /// Why there is no program to run.
  public struct Missing: Error, CustomStringConvertible {
    /// The places searched and the way out, as one sentence.
    public let description: String
  }

  /// The path of a built executable.
  ///
  /// It is searched at `EVENTICLE_EXECUTABLE`, beside the test bundle and in `.build/debug`, in
  /// this order.
  ///
  /// - Parameter name: The executable's name.
  /// - Throws: ``Missing`` when it is at none of these places.
  public static func path(_ name: String = "eventicle") throws -> String {
    var places: [String] = []
    if name == "eventicle", let given = TestEnvironment.variables["EVENTICLE_EXECUTABLE"] {
      places.append(given)
    }
    let bundle = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    for path in [bundle, CommandLine.arguments.first].compactMap({ $0 }) where path.contains("/") {
      places.append(Repository.folder(of: path) + "/" + name)
    }
    places.append(Repository.root + "/.build/debug/" + name)
    if let found = places.first(where: FileManager.default.isExecutableFile(atPath:)) {
      return found
    }
    throw Missing(
      description: "\(name) is not built; swift build makes it. Looked at "
        + places.joined(separator: ", "))
  }
}
