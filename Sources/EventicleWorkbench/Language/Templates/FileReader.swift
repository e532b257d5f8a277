import EventicleCore

/// Reads the files that a line names with `=@`, for a workbench that has no disk of its own.
package struct FileReader: Sendable {
  /// What came of reading a file.
  package enum Content: Sendable {
    case bytes([UInt8])
    /// Why it cannot be read, as a sentence.
    case problem(String)
  }

  private let read: @Sendable (_ path: String, _ limit: Int) -> Content

  /// Reads nothing: where a line runs without files.
  package static let none = FileReader { path, _ in
    .problem("\(path) is not read: this program has no files. Write the value itself.")
  }

  /// Creates a reader.
  ///
  /// - Parameter read: Reads the file at a path, which may have so many bytes at most.
  package init(_ read: @escaping @Sendable (_ path: String, _ limit: Int) -> Content) {
    self.read = read
  }

  /// The bytes of the file that a line names.
  func bytes(of path: Located<String>, limit: Int) throws(LanguageError) -> [UInt8] {
    switch read(path.value, limit) {
    case .bytes(let bytes): return bytes
    case .problem(let sentence): throw path.error(sentence)
    }
  }
}

extension Items {
  /// The fields with the content of the files that they name.
  ///
  /// - Throws: ``LanguageError`` at a file that cannot be read, has no text or no JSON in it, or
  ///   that with those before it is larger than an event may be.
  package func reading(_ files: FileReader) throws(LanguageError) -> Items {
    guard fields.contains(where: { $0.value.value.isFile }) else { return self }
    var left = Limits.valueFileBytes
    return try mappingFields { field throws(LanguageError) in
      guard case .file(let path, let isJSON) = field.value else { return field }
      let bytes = try files.bytes(of: path, limit: left)
      left -= bytes.count
      guard isJSON else {
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw path.error(
            "\(path.value) is not UTF-8 text; save it as UTF-8, or as JSON and write :=@.")
        }
        return Item(field.path, .json(.string(text)))
      }
      do throws(JSONError) {
        return Item(field.path, .json(try JSON(parsing: bytes)))
      } catch {
        let before = bytes.prefix(error.offset)
        let line = before.count { $0 == Byte.newline } + 1
        throw path.error("\(path.value), line \(line): this is not JSON: \(error.reason).")
      }
    }
  }
}
