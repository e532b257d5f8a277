import CShutdown
import Foundation
import TestSupport

/// A file system in a file, which only the superuser can make.
final class LoopDisk {
  /// The kinds of file systems that can be shut down.
  enum Kind: String, CaseIterable, Sendable {
    case ext4
    case xfs

    private var arguments: [String] { self == .ext4 ? ["-q", "-F"] : ["-q", "-f"] }

    fileprivate func make(in file: String) -> Bool {
      LoopDisk.run("mkfs.\(rawValue)", arguments + [file])
    }
  }

  /// Why something could not be done.
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// Where it is mounted.
  let folder: String
  private let image: String
  private let work: TemporaryFolder
  private var isMounted = false

  /// Why there can be none here, as a sentence; `nil` when there can be.
  static func obstacle(_ kind: Kind) -> String? {
    guard geteuid() == 0 else { return "only the superuser can mount a file system" }
    guard FileManager.default.fileExists(atPath: "/dev/loop-control") else {
      return "there are no loop devices here"
    }
    do {
      try LoopDisk(kind).unmount()
      return nil
    } catch { return "\(error)" }
  }

  /// Makes one and mounts it.
  init(_ kind: Kind) throws {
    work = try TemporaryFolder()
    (image, folder) = (work.file("image"), work.file("mount"))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    // xfs has no smaller ones.
    try work.write("", to: "image")
    guard truncate(image, 320 << 20) == 0, kind.make(in: image) else {
      throw Failed(description: "\(kind) cannot be made here; is mkfs.\(kind) installed?")
    }
    try mount()
  }

  deinit { try? unmount() }

  func mount() throws {
    guard LoopDisk.run("mount", ["-o", "loop", image, folder]) else {
      throw Failed(description: "\(image) cannot be mounted")
    }
    isMounted = true
    // As long as somebody else sees it mounted, it stays as it is.
    guard (try? Data().write(to: URL(fileURLWithPath: folder + "/mounted"))) != nil else {
      throw Failed(description: "\(folder) cannot be written to; is it mounted elsewhere as well?")
    }
  }

  func unmount() throws {
    guard isMounted else { return }
    guard LoopDisk.run("umount", [folder]) else {
      throw Failed(description: "\(folder) cannot be unmounted")
    }
    isMounted = false
  }

  /// Loses everything that is not on the disk; mounted again, it shows what is.
  func cutPower() throws {
    let reason = sd_shut_down(folder)
    guard reason == 0 else { throw Failed(description: "it cannot be shut down: error \(reason)") }
  }

  /// Whether a command of the system worked.
  static func run(_ name: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [name] + arguments
    process.environment = ["PATH": "/usr/sbin:/sbin:/usr/bin:/bin"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
