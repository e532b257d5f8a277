import EventicleCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files that consoles opened last, kept among the console's state for the next one.
///
/// A file with one JSON object a line, the newest last, readable by its owner only. Each change is a
/// new file in the place of the old one, under a lock, so that consoles at work at once lose nothing
/// of each other.
struct RecentFiles: Sendable {
  /// What is kept of a file.
  struct Entry: Hashable, Sendable {
    let path: String
    let domain: String
    /// How many events it had; `nil` when nobody counted.
    let events: Int?
    /// When it was opened or left last, in seconds since 1970.
    let at: Int
  }

  private let folder: String
  private let path: String

  /// The most files that are kept.
  static let most = 20
  /// The most bytes that are read.
  private static let bytes = 1 << 20

  /// The list in a folder, which is made when it is needed.
  init(folder: String) {
    self.folder = folder
    path = "\(folder)/recent"
  }

  /// The files, the newest first; none when the list cannot be read.
  var entries: [Entry] {
    guard let (bytes, _) = try? Files.ending(of: path, Self.bytes) else { return [] }
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    return lines.reversed().prefix(Self.most).compactMap { line in
      guard let json = try? JSON(parsing: Array(line)), let path = json["path"].string,
        path.hasPrefix("/")
      else { return nil }
      return Entry(
        path: path, domain: json["domain"].string ?? "", events: json["events"].integer,
        at: json["at"].integer ?? 0)
    }
  }

  /// Notes a file as the newest one; a list that cannot be written costs only the list.
  ///
  /// - Parameters:
  ///   - path: The file's path, from the folder in which the program works.
  ///   - now: The time, in seconds since 1970.
  func note(_ path: String, domain: String, events: Int?, at now: Int = time(nil)) {
    guard let path = Files.realPath(of: path) else { return }
    Files.makeFolder(folder)
    let lock = open("\(folder)/recent-lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard lock >= 0 else { return }
    defer { close(lock) }
    guard Self.take(lock) else { return }
    let entry = Entry(path: path, domain: domain, events: events, at: now)
    let kept = entries.filter { $0.path != path }.prefix(Self.most - 1)
    let lines = ([entry] + kept).reversed().map { entry in
      let json: JSON = [
        "path": .string(entry.path), "domain": .string(entry.domain),
        "events": entry.events.map { .int($0) } ?? .null, "at": .int(entry.at),
      ]
      return json.description + "\n"
    }
    _ = try? Files.write(Array(lines.joined().utf8), to: self.path, mode: 0o600)
  }

  /// Takes a lock that others hold for a moment only; `false` when one of them stands still.
  private static func take(_ lock: Int32) -> Bool {
    for _ in 0..<40 {
      if flock(lock, LOCK_EX | LOCK_NB) == 0 { return true }
      usleep(5_000)
    }
    return false
  }

  // MARK: - For the start list

  /// The files that are still there, for a list on the screen.
  ///
  /// - Parameters:
  ///   - current: The path of the file that is open, which is not offered.
  ///   - now: The time, in seconds since 1970.
  func offered(besides current: String?, at now: Int = time(nil)) -> [RecentFile] {
    let current = current.flatMap { Files.realPath(of: $0) }
    let here = Files.realPath(of: ".").map { $0 + "/" }
    let home = getenv("HOME").map { String(cString: $0) + "/" }
    return entries.filter { $0.path != current && Files.identity(of: $0.path) != nil }.map {
      let slash = $0.path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? $0.path.startIndex
      var folder = String($0.path[...slash])
      if folder == here {
        folder = ""
      } else if let home, home.count > 1, folder.hasPrefix(home) {
        folder = "~/" + folder.dropFirst(home.count)
      }
      return RecentFile(
        path: $0.path, name: String($0.path[$0.path.index(after: slash)...]), folder: folder,
        domain: $0.domain,
        when: RecentFile.when(Self.local($0.at), seenFrom: Self.local(now)),
        events: $0.events.map { max(0, $0) })
    }
  }

  /// A time by the clock on the wall.
  private static func local(_ seconds: Int) -> CivilTime {
    // What a damaged file says may be any number; years have four digits.
    let known = min(max(seconds, 0), 253_402_200_000)
    var (time, parts) = (time_t(known), tm())
    localtime_r(&time, &parts)
    return CivilTime(Instant(milliseconds: Int64(known + parts.tm_gmtoff) * 1_000))
  }
}
