import Foundation
import TestSupport

/// A small file system in memory, which only the superuser can make.
final class SmallDisk {
  /// Where it is mounted.
  let folder: String
  private let work: TemporaryFolder
  private var isMounted = false

  /// Makes one.
  ///
  /// - Returns: `nil` when none can be made here.
  init?(megabytes: Int) throws {
    work = try TemporaryFolder()
    folder = work.file("mount")
    guard geteuid() == 0 else { return nil }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let options = ["-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", folder]
    guard LoopDisk.run("mount", options) else { return nil }
    isMounted = true
  }

  deinit { if isMounted { _ = LoopDisk.run("umount", [folder]) } }

  private var ballast: String { folder + "/ballast" }

  /// Fills it up but for some bytes.
  func fill(leaving room: Int) throws {
    try empty()
    var found = statvfs()
    guard statvfs(folder, &found) == 0 else { return }
    let free = Int(found.f_bavail) * Int(found.f_frsize) - room
    try Data(count: max(0, free)).write(to: URL(fileURLWithPath: ballast))
  }

  /// Makes room.
  func empty() throws {
    if FileManager.default.fileExists(atPath: ballast) {
      try FileManager.default.removeItem(atPath: ballast)
    }
  }
}
