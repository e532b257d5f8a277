import Foundation

/// What the system says about a running process.
struct LiveProcess {
  let pid: pid_t

  /// The process that another one started first.
  static func firstChild(of pid: pid_t) -> LiveProcess? {
    let path = "/proc/\(pid)/task/\(pid)/children"
    let text = try? String(contentsOfFile: path, encoding: .utf8)
    return text?.split(separator: " ").first.flatMap { pid_t($0) }.map { LiveProcess(pid: $0) }
  }

  /// The CPU time of all threads so far, in hundredths of a second.
  var processorTime: Int {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return 0 }
    let fields = text[end...].split(separator: " ")
    guard fields.count > 13 else { return 0 }
    return (Int(fields[12]) ?? 0) + (Int(fields[13]) ?? 0)
  }

  /// Whether a thread waits in a write to standard output.
  var isBlockedInOutput: Bool {
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task")) ?? []
    #if arch(x86_64)
      let write = "1 0x1 "
    #else
      let write = "64 0x1 "
    #endif
    return threads.contains { thread in
      let path = "/proc/\(pid)/task/\(thread)/syscall"
      return (try? String(contentsOfFile: path, encoding: .utf8))?.hasPrefix(write) == true
    }
  }
}
