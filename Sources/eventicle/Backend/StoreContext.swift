import EventicleConsole
import EventicleCore
import Foundation
import Yams

/// What a context of `contexts.yaml` says of its store.
struct StoreContext {
  /// The address of the store.
  var store: String?
  /// The table that eventiclejs uses.
  var table: String?
  /// The variable of the environment that has the password.
  var passwordEnv: String?
  /// The file that has the password.
  var passwordFile: String?

  /// The most bytes of the file.
  private static let mostBytes = 65_536

  /// Reads the context with a name.
  ///
  /// - Throws: ``Failure`` with status 2 when there is no such context, and 3 when the file cannot be
  ///   read.
  static func named(
    _ name: String, environment: [String: String]
  ) throws(Failure) -> StoreContext {
    let path = path(environment)
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure(
        "\"\(name)\" is no address such as postgres://HOST/DATABASE, and there are no contexts in "
          + "\(path).", .usage)
    }
    let bytes: [UInt8]
    do throws(FileProblem) { bytes = try Files.bytes(path, limit: mostBytes) } catch {
      throw Failure(error.text, .store)
    }
    let root: Node.Mapping?
    do { root = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self))?.mapping } catch {
      throw Failure("\(path) is no YAML that can be read: \(error).", .store)
    }
    guard let entry = root?[Node(name)]?.mapping else {
      let known = (root?.keys.compactMap(\.string) ?? []).sorted().joined(separator: ", ")
      throw Failure(
        "There is no context \"\(name)\" in \(path); there are \(known.isEmpty ? "none" : known).",
        .usage)
    }
    func text(_ key: String) -> String? { entry[Node(key)]?.string }
    // Beside a transport, what has no store in its name is the transport's.
    func secret(_ key: String) -> String? {
      text("store-\(key)") ?? (text("transport") == nil ? text(key) : nil)
    }
    return StoreContext(
      store: text("store"), table: text("table"), passwordEnv: secret("password-env"),
      passwordFile: secret("password-file"))
  }

  /// `$XDG_CONFIG_HOME/eventicle/contexts.yaml`, else `~/.config/eventicle/contexts.yaml`.
  private static func path(_ environment: [String: String]) -> String {
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return "\(folder)/eventicle/contexts.yaml"
    }
    return "\(environment["HOME"] ?? "")/.config/eventicle/contexts.yaml"
  }
}
