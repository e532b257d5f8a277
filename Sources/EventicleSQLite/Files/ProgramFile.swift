internal import EventicleCore
internal import Glibc

/// The file of the program that runs.
struct ProgramFile {
  /// Its name, such as `eventicle`.
  let name: String
  /// What tells one build from another: the linker's build id, or else the size and the time of the
  /// file; `nil` when neither can be had.
  let code: String?

  /// That of this process.
  static let current = ProgramFile("/proc/self/exe")

  init(_ path: String) {
    let real = StoreFile.realPath(of: path)
    name = real.split(separator: "/").last.map { String($0) } ?? "?"
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      code = nil
      return
    }
    defer { Glibc.close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 16_384)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    if let id = ProgramFile.buildID(in: bytes.prefix(max(0, count))) {
      code = id
      return
    }
    var found = stat()
    guard fstat(descriptor, &found) == 0 else {
      code = nil
      return
    }
    code = "\(found.st_size)-\(found.st_mtim.tv_sec).\(found.st_mtim.tv_nsec)"
  }

  /// The build id in the beginning of an ELF file, where the linker puts it, as hexadecimal digits.
  static func buildID(in bytes: some Sequence<UInt8>) -> String? {
    let bytes = Array(bytes)
    guard bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else { return nil }
    // A note of type 3 whose owner is "GNU": lengths of name and content, type, name, content.
    let mark: [UInt8] = [4, 0, 0, 0, 20, 0, 0, 0, 3, 0, 0, 0, 0x47, 0x4E, 0x55, 0]
    var place = 0
    while place + mark.count < bytes.count {
      defer { place += 4 }
      // The content of a short hash has 8 or 16 bytes instead of 20.
      let length = Int(bytes[place + 4])
      guard bytes[place] == 4, [8, 16, 20].contains(length) else { continue }
      var wanted = mark
      wanted[4] = UInt8(length)
      let start = place + mark.count
      guard bytes[place..<start].elementsEqual(wanted), start + length <= bytes.count else {
        continue
      }
      return bytes[start..<start + length].map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
    }
    return nil
  }
}
