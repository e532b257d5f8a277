/// The names in a folder, which completion offers; whoever may look at disks makes it.
package struct FolderListing: Hashable, Sendable {
  /// The folder as it is typed, with its `/`; empty for the one in which the program runs.
  package let folder: String
  /// The names in it, each folder with a `/`.
  package let names: [String]

  /// Creates a listing.
  package init(_ folder: String, names: [String]) {
    self.folder = folder
    self.names = names
  }

  /// The folder of a path that is being typed: everything up to the last `/`.
  package static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// The paths to offer behind what is typed; hidden names only to someone who types their dot.
  func paths(behind typed: String) -> [CompletionCandidate] {
    guard FolderListing.folder(of: typed) == folder else { return [] }
    let showsHidden = typed.dropFirst(folder.count).first == "."
    return names.filter { showsHidden || $0.first != "." }.map { CompletionCandidate(folder + $0) }
  }
}
