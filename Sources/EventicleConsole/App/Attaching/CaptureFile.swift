package import EventicleCore
import Foundation

/// A file of events to which those of an attached system are added as they come, with their places.
package final class CaptureFile {
  private let path: String
  private var handle: FileHandle?

  /// Makes the file.
  ///
  /// - Throws: ``FileProblem`` when there is one already, or none can be made.
  package init(_ path: String) throws(FileProblem) {
    self.path = path
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      if errno == EEXIST {
        throw FileProblem("\(path) is there already; --save makes a new file.")
      }
      throw FileProblem("\(path) cannot be made: \(String(cString: strerror(errno))).")
    }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Adds events.
  ///
  /// - Returns: Why they could not be added, without a full stop; no more are added then.
  package func add(_ events: [Event]) -> String? {
    guard let handle, !events.isEmpty else { return nil }
    var bytes: [UInt8] = []
    for event in events { bytes += event.json + [0x0A] }
    do { try handle.write(contentsOf: Data(bytes)) } catch {
      self.handle = nil
      return "\(path) cannot be written any more: \(error.localizedDescription)"
    }
    return nil
  }
}
