import EventicleConsole
import EventicleCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file of a new project.
struct ProjectFile {
  /// Its path in the folder of the project.
  let path: String
  /// What it says.
  let text: String
}

/// Makes the folder of a project: all of it, or nothing.
struct ProjectWriter {
  private let place: ProjectPlace

  init(_ place: ProjectPlace) { self.place = place }

  /// Writes the files beside the place, and puts them there at once.
  ///
  /// - Throws: ``Failure`` when one cannot be written; nothing is left then.
  func write(_ files: [ProjectFile]) throws(Failure) {
    let mark = String(UInt64.random(in: .min ... .max), radix: 36)
    let temporary = "\(place.parent).eventicle-new-\(mark)"
    try make(temporary)
    do throws(Failure) {
      var folders: Set<String> = []
      for file in files {
        var folder = ""
        for part in file.path.split(separator: "/").dropLast() {
          folder += "/\(part)"
          if folders.insert(folder).inserted { try make(temporary + folder) }
        }
        do throws(FileProblem) {
          try Files.write(Array(file.text.utf8), to: "\(temporary)/\(file.path)")
        } catch { throw Failure(error.text, .store) }
      }
      // An empty folder gives way; one that has got files in the meantime does not.
      guard rename(temporary, place.path) == 0 else {
        throw Failure("\(place.path) cannot be made: \(ProjectWriter.reason()).", .store)
      }
    } catch {
      remove(temporary, files)
      throw error
    }
  }

  private func make(_ folder: String) throws(Failure) {
    guard mkdir(folder, 0o777) != 0 else { return }
    throw Failure("\(place.path) cannot be made: \(ProjectWriter.reason()).", .store)
  }

  private func remove(_ temporary: String, _ files: [ProjectFile]) {
    var folders: Set<String> = []
    for file in files {
      unlink("\(temporary)/\(file.path)")
      var folder = temporary
      for part in file.path.split(separator: "/").dropLast() {
        folder += "/\(part)"
        folders.insert(folder)
      }
    }
    for folder in folders.sorted(by: { $0.utf8.count > $1.utf8.count }) { rmdir(folder) }
    rmdir(temporary)
  }

  private static func reason() -> String {
    switch errno {
    case ENOTEMPTY, EEXIST: "it is there already and is not empty"
    case EACCES, EPERM: "you may not do that there"
    case ENOSPC: "the disk is full"
    default: String(cString: strerror(errno))
    }
  }
}
