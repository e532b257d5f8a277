internal import CSupervisor
internal import Foundation

/// Notes when a file of a domain is saved.
final class NodeWatch {
  /// The descriptor that can be read after a change; -1 where the system has none.
  let descriptor = supervisor_watch_folders()
  private var watched: Set<String> = []

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Watches the folders of files, because editors put a new file in the place of the old one.
  func watch(_ files: [String], besides own: String) {
    guard descriptor >= 0 else { return }
    for file in files {
      guard let end = file.lastIndex(of: "/") else { continue }
      let folder = String(file[..<end])
      guard !folder.hasPrefix(own), !folder.contains("/node_modules/"),
        watched.insert(folder).inserted
      else { continue }
      _ = supervisor_watch_folder(descriptor, folder)
    }
  }

  /// Takes what has changed, and says whether anything has.
  func takeChanges() -> Bool { descriptor >= 0 && supervisor_take_changes(descriptor) != 0 }
}

/// When files were written last, to tell a change from an access.
struct FileStamps: Sendable, Equatable {
  private var stamps: [String: [Int]] = [:]

  init(_ files: [String]) {
    for file in files {
      var status = stat()
      guard stat(file, &status) == 0 else { continue }
      stamps[file] = [Int(status.st_mtim.tv_sec), status.st_mtim.tv_nsec, Int(status.st_size)]
    }
  }

  /// The files that are different from these.
  func changes(from other: FileStamps) -> [String] {
    Set(stamps.keys).union(other.stamps.keys).filter { stamps[$0] != other.stamps[$0] }.sorted()
  }
}
