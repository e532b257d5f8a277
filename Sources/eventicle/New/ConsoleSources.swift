import EventicleConsole
import EventicleCore
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the sources are on which a package in Swift depends.
enum ConsoleSources {
  /// The path of the folder: the one that is named, else the one from which the program was built,
  /// else the one beside the new package.
  ///
  /// - Throws: ``Failure`` when the one that is named has no sources.
  static func path(named given: String?) throws(Failure) -> String {
    if let given {
      let path = URL(fileURLWithPath: given).standardizedFileURL.path
      guard has(path) else {
        throw Failure(
          "\(given) has no sources of Eventicle Console; name the folder with its Package.swift.",
          .usage)
      }
      return path
    }
    var folder = URL(fileURLWithPath: Bundle.main.executablePath ?? "/").resolvingSymlinksInPath()
    while folder.path != "/", !folder.path.isEmpty {
      folder.deleteLastPathComponent()
      if has(folder.path) { return folder.path }
    }
    return "../eventicle-console"
  }

  private static func has(_ folder: String) -> Bool {
    Files.isThere("\(folder)/Package.swift") && Files.isThere("\(folder)/Sources/EventicleCore")
  }
}
