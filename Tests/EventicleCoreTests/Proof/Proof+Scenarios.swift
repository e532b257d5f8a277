extension Proof {
  /// The names of the tests that prove each scenario.
  static let scenarioTests: [String: [String]] = [
    "S-01": [
      "a cold replay delivers the emitted events in order, then ends once",
      "emitted events are replayed in order, then the replay ends",
    ],
    "S-02": ["a cold replay of an unknown stream ends at once", "an unknown stream ends at once"],
    "S-03": ["the codec writes the headers and the body of an event"],
    "S-04": [
      "events continue the trace of their command and of the event that caused them",
      "an event without a domain id uses its own id as the key",
      "a trace travels in the header and the body",
    ],
    "S-05": ["a new hot group receives only new events", "hot does not replay"],
    "S-06": [
      "a new cold-hot group receives history, then new events, each once",
      "cold-hot replays, then follows",
    ],
    "S-07": [
      "a closed group resumes where it stopped",
      "a group resumes where it stopped after a restart",
    ],
    "S-08": [
      "a group has one subscription at a time, whatever its kind",
      "a group has one subscription at a time",
    ],
    "S-09": [
      "events of one call keep their order",
      "independent groups receive everything, each once, in order",
    ],
    "S-10": ["one hot group follows several streams", "one group follows several streams"],
    "S-11": [
      "events without ids get unique ones, the same for every consumer",
      "an event without an id gets one, the same for every consumer",
    ],
    "S-13": [
      "a failed delivery is parked, and the group goes on",
      "a parked delivery that is retried with success is removed",
      "retrying a parked delivery with a fixed handler empties the list",
      "a failing handler loses nothing, and the failing event is parked",
      "parked deliveries are listed, edited, retried and dropped",
    ],
    "S-14": [
      "a handler is never reentered",
      "an event emitted inside a handler waits until the handler is done",
    ],
    "S-16": [
      "a raw group receives encoded events",
      "a raw subscription receives encoded events, live and from history",
    ],
    "S-17": ["values that the caller gives stay, and only missing ones are filled in"],
    "S-18": [
      "an idempotent group handles each event once, even if moved back",
      "a failed event is offered again when it is emitted again",
      "a failed event is not marked as handled, and is handled when offered again",
      "the same event emitted twice is one event, and reusing its id is an error",
    ],
    "S-19": ["a stream entry has eight texts, and decodes to the same event"],
    "S-20": ["a transaction sees its own events, and others see them when it ends"],
    "S-21": [
      "a step that throws leaves neither record nor event",
      "a command that fails discards its events and its writes",
    ],
    "S-23": ["a query and a sort combine"],
    "S-26": ["page \\(row.page) of \\(row.size)"],
    "S-27": [
      "a new record with the id \\(value) in its content is refused",
      "an unknown id of a known type is nil",
      "changing what create returned changes nothing in the store",
    ],
    "S-28": ["raising folds at once, and keeps a given id"],
    "S-29": ["what is persisted and not published is loaded, and appended to no stream"],
    "S-30": ["checkpoints can be searched, and their columns conflict with nothing"],
    "S-32": ["an event carries its aggregate from the first version on"],
    "S-33": [
      "a command replies with its response and its events",
      "an unknown command is refused with the known names, and publishes nothing",
      "a command replies, and its events go to its stream",
    ],
    "S-34": [
      "both forms throw the reported error after the events are kept",
      "a reported error reaches the caller, and the events are kept",
    ],
    "S-36": ["a tenant's events go to the tenant's stream, others to the stream itself"],
    "S-37": ["a start creates one instance that stores its key"],
    "S-38": ["events find their own instance only"],
    "S-39": ["a conditional start and a handler may share an event type"],
    "S-41": ["a failed step changes nothing, and is reported and parked"],
    "S-44": ["a cron runs until a one-shot timer cancels it"],
    "S-45": ["a timer rearms itself from its handler"],
    "S-46": ["a timer and an event of one moment never overlap, and both are handled"],
    "S-47": [
      "a timer that fails is reported, parked and disarmed",
      "a failing timer is retried by its policy, and reported each time",
    ],
    "S-51": ["duplicate declarations are refused when the engine is created"],
    "S-52": [
      "each event is handled once in its lane, and a failing predicate means cold",
      "both lanes are one group, and move as one",
    ],
    "S-55": [
      "a view receives each event of its streams once",
      "metrics report the latency of a view by group and type",
    ],
    "S-56": [
      "a failing adapter emits nothing, and the next event is handled",
      "a failing adapter records an error and no latency for the failed event",
    ],
    "S-57": [
      "a condition that already holds is reported at once",
      "a condition that comes to hold is reported with the state",
      "a condition that never holds times out at its moment, once",
    ],
  ]
}
