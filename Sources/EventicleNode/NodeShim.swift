internal import EventicleCore

/// The files that node loads, as they are in the program.
enum NodeShim {
  /// The path and the content of each file: how the child process talks and loads code, and what
  /// stands in place of the library.
  static let files: [(name: String, content: [UInt8])] = [
    ("child/clock.cjs", PackageResources.clock_cjs),
    ("child/console.cjs", PackageResources.console_cjs),
    ("child/contexts.cjs", PackageResources.contexts_cjs),
    ("child/errors.cjs", PackageResources.errors_cjs),
    ("child/handlers.cjs", PackageResources.handlers_cjs),
    ("child/hooks.cjs", PackageResources.hooks_cjs),
    ("child/io.cjs", PackageResources.io_cjs),
    ("child/loading.cjs", PackageResources.loading_cjs),
    ("child/main.cjs", PackageResources.main_cjs),
    ("child/modules.cjs", PackageResources.modules_cjs),
    ("child/numbers.cjs", PackageResources.numbers_cjs),
    ("child/places.cjs", PackageResources.places_cjs),
    ("child/preload.cjs", PackageResources.preload_cjs),
    ("child/show.cjs", PackageResources.show_cjs),
    ("child/wire.cjs", PackageResources.wire_cjs),
    ("library/aggregates.cjs", PackageResources.aggregates_cjs),
    ("library/client.cjs", PackageResources.client_cjs),
    ("library/commands.cjs", PackageResources.commands_cjs),
    ("library/consumers.cjs", PackageResources.consumers_cjs),
    ("library/events.cjs", PackageResources.events_cjs),
    ("library/index.cjs", PackageResources.index_cjs),
    ("library/metrics.cjs", PackageResources.metrics_cjs),
    ("library/names.json", PackageResources.names_json),
    ("library/observer.cjs", PackageResources.observer_cjs),
    ("library/query.cjs", PackageResources.query_cjs),
    ("library/registry.cjs", PackageResources.registry_cjs),
    ("library/sagas.cjs", PackageResources.sagas_cjs),
    ("library/scheduler.cjs", PackageResources.scheduler_cjs),
    ("library/store.cjs", PackageResources.store_cjs),
    ("library/utilities.cjs", PackageResources.utilities_cjs),
    ("library/xstate.cjs", PackageResources.xstate_cjs),
  ]

  /// A name for their content, the same in every program that has the same files.
  static let version: String = {
    var hash: UInt64 = 0
    for (name, content) in files {
      hash = ValueHash.number(of: name, from: hash)
      hash = ValueHash.number(of: String(decoding: content, as: UTF8.self), from: hash)
    }
    return String(hash, radix: 16)
  }()
}
