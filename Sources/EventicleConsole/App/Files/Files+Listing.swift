import EventicleCore
import EventicleWorkbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Files {
  /// The most names that are read of one folder.
  private static let mostNames = 10_000

  /// The names in a folder in order, for completion; none when it cannot be read.
  ///
  /// - Parameter folder: The folder as it is typed, with its `/`; empty for the one in which the
  ///   program runs.
  static func listing(of folder: String) -> FolderListing {
    var names: [String] = []
    guard let stream = opendir(folder.isEmpty ? "." : folder) else {
      return FolderListing(folder, names: [])
    }
    defer { closedir(stream) }
    while names.count < mostNames, let entry = readdir(stream) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      // A name that is no text cannot be typed.
      guard let name = String(validating: bytes, as: UTF8.self), name != ".", name != ".." else {
        continue
      }
      var status = stat()
      let isFolder = stat(folder + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      names.append(isFolder ? name + "/" : name)
    }
    return FolderListing(folder, names: names.sorted())
  }
}
