import EventicleConsole
import EventicleCore
import EventicleHost
import EventicleRedis
import EventicleWorkbench
import Foundation

/// Makes the connection to a system that a person names, by its address or the name of a context.
struct SystemFinder: Sendable {
  /// A system, and the domain that its context names.
  struct Found {
    let system: AttachedSystem
    let domain: String?
  }

  let environment: [String: String]
  /// From where, the password and the name, as the command line has them.
  var from: AttachStart?
  var secret: PasswordSource?
  var title: String?

  init(environment: [String: String]) { self.environment = environment }

  /// The system with a name.
  ///
  /// - Throws: ``FileProblem`` with the way out.
  func find(_ name: String) throws(FileProblem) -> Found {
    let context =
      name.contains("://") ? nil : try ContextFile(environment: environment).context(name)
    if let store = store(name, context) { return try found(in: store, context) }
    let password = try (secret ?? context?.password)?.read(environment)
    do throws(RedisAddress.Problem) {
      var address = try RedisAddress(parsing: context?.address ?? name)
      if let streams = context?.streams { address.streams = streams == ["*"] ? [] : streams }
      if let user = context?.user { address.user = user }
      let start = from ?? context?.from ?? .standard
      let source = RemoteLoop { [address] now in
        RedisPort(address, password: password, from: start, now: now)
      }
      let system = AttachedSystem(
        name: title ?? context?.name ?? address.server, colour: context?.colour ?? .none,
        transport: "redis", source: source)
      return Found(system: system, domain: context?.domain)
    } catch {
      throw FileProblem(error.description)
    }
  }

  /// What finds systems for lines of the console.
  static var attacher: SystemAttacher {
    let finder = SystemFinder(environment: ProcessInfo.processInfo.environment)
    return SystemAttacher { try finder.find($0).system }
  }
}
