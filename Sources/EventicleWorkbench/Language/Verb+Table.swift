import EventicleCore

extension Verb {
  /// Every verb, in the order of the help page.
  package static let all: [Verb] =
    acting + scheduling + delivering + keeping + moving + stopping + branching + revising
    + explaining + looking + filing + other

  private static let acting: [Verb] = [
    Verb(
      .emit, .act, .acts, "STREAM TYPE [ID] items… [--count N] [--every DURATION]",
      [.stream, .eventType, .domainID, .eventItems],
      example: "emit orders OrderCreated order-79 customer=c-19 total:=59",
      "Append an event to a stream."),
    Verb(
      .dispatch, aliases: ["dispatch"], .act, .acts,
      "COMMAND items… [--count N] [--every DURATION]",
      [.command, .commandItems], example: "do PlaceOrder customer=c-19 total:=59",
      "Give a command to the domain, which may refuse it."),
    Verb(
      .fire, .act, .acts, "[TIMER | SAGA/KEY/TIMER]", [.timer],
      example: "fire PaymentSaga/order-1/retry",
      "Move the clock to a timer, the next one by default, and let it fire."),
    Verb(
      .clock, .act, .acts, "+DURATION | set TIME", [.clock], example: "clock +5m",
      "Move the clock, firing every timer that falls due."),
    Verb(
      .expect, .act, .looks,
      "count(FILTER) OP N | A TYPE/ID.path OP VALUE | S SAGA/KEY.path OP VALUE | "
        + "V VIEW/KEY.path OP VALUE | T SAGA/KEY/TIMER in DURATION | missing SELECTOR | "
        + "error [~ TEXT]",
      [.expectation], example: "expect A Order/order-1.status = paid", takesExpression: true,
      "Check that something is so; a line that is not so fails."),
  ]

  private static let scheduling: [Verb] = [
    Verb(
      .schedule, .act, .acts,
      "NAME COMMAND items… --in DURATION | --at TIME | --cron EXPRESSION [--zone ZONE] "
        + "[--missed once|skip|all]",
      [.name, .command, .scheduleItems],
      example: "schedule reminder PlaceOrder customer=c-19 total:=59 --in 5m",
      "Give a command later, or again and again; the same name replaces it."),
    Verb(
      .cancel, aliases: ["unschedule"], .act, .acts, "TIMER | SAGA/KEY/TIMER", [.timer],
      example: "cancel PaymentSaga/order-1/retry",
      "Call off a timer, or a command that is scheduled."),
    Verb(
      .move, .act, .acts,
      "TIMER +DURATION | TIMER -DURATION | TIMER TIME | #N after #M | #N>CONSUMER after #M",
      [.timer, .time, .event], example: "move PaymentSaga/order-1/retry +5m",
      "Let a timer fall due at another time; or in a fork an event come elsewhere."),
    Verb(
      .end, .act, .acts, "SAGA/KEY [remove] --reason TEXT", [.saga, .ending, .ending],
      example: "end PaymentSaga/order-1 --reason \"paid by cheque\"",
      "End a saga instance and its timers; with remove, drop its data too."),
    Verb(
      .correct, .act, .acts, "SAGA/KEY items… --reason TEXT", [.saga, .sagaItems],
      example: "correct PaymentSaga/order-1 attempts:=0 --reason \"card was replaced\"",
      "Correct the data of a saga instance."),
  ]

  private static let delivering: [Verb] = [
    Verb(
      .deliver, .act, .acts, "DELIVERY", [.delivery], example: "deliver #1>PaymentSaga",
      "Make a delivery that waits at once, before those in front of it."),
    Verb(
      .delay, .act, .acts, "DELIVERY DURATION", [.delivery, .delay],
      example: "delay #1>PaymentSaga 30s",
      "Make a delivery later; what comes behind it does not wait."),
    Verb(
      .drop, .act, .acts, "DELIVERY | [parked] N", [.dropped, .parked],
      example: "drop #1>OrderBoard",
      "Never make a delivery that waits; or discard parked work by its number."),
    Verb(
      .duplicate, .act, .acts, "DELIVERY", [.delivery], example: "dup #1>PaymentSaga",
      "Make a delivery that waits twice."),
    Verb(
      .crash, .act, .acts, "DELIVERY", [.delivery], example: "crash #1>PaymentSaga",
      "Make a delivery and lose its acknowledgement, so that it is made once more."),
  ]

  private static let keeping: [Verb] = [
    Verb(
      .group, .act, .acts, "pause GROUP | resume GROUP | move GROUP POSITION",
      [.groupAction, .group, .position], example: "group move view-OrderBoard start",
      "Pause, resume or move a consumer group."),
    Verb(
      .redrive, .act, .acts, "N [items…]", [.parked, .parkedItems], example: "redrive 1",
      "Retry parked work, with other data if some is given."),
    Verb(
      .edit, .act, .acts, "N [items…]", [.parked, .parkedItems],
      example: "edit 1 amount:=59",
      "Set other data for the retry of parked work; without any, restore its own."),
    Verb(
      .rebuild, .act, .acts, "VIEW [swap [anyway]] | sagas", [.viewName, .swap, .anyway],
      example: "rebuild Revenue",
      "Fold a view anew and compare; with swap, put the new rows in place."),
    Verb(
      .retain, .act, .acts, "STREAM N [anyway]", [.stream, .count, .anyway],
      example: "retain orders 1000",
      "Deliver only the newest N events of a stream, and those that wait for a group."),
  ]

  private static let moving: [Verb] = [
    Verb(
      .step, aliases: ["n"], .time, .acts,
      "[N] [event | delivery | cascade | entry | timer | saga NAME | agg TYPE/ID]",
      [.count, .stepUnit], example: "step 3 delivery", "Go forward, running what is queued."),
    Verb(
      .back, .time, .looks,
      "[N] [event | delivery | cascade | entry | timer | saga NAME | agg TYPE/ID]",
      [.count, .stepUnit], example: "back 2 saga PaymentSaga",
      "Go back through what happened; nothing is undone."),
    Verb(
      .goto, aliases: ["g"], .time, .looks, "POSITION", [.position], example: "goto -30s",
      "Move the time cursor to a place; a place alone, as #12 or 12:04, does the same."),
    Verb(
      .run, aliases: ["c"], .time, .acts, "[to SELECTOR [if FILTER]]", [.stop],
      example: "run to E PaymentDeclined if data.amount>100", takesExpression: true,
      "Go on until something happens, a stop is hit, or nothing is queued."),
    Verb(
      .hold, .time, .acts, "", example: "hold", "Queue deliveries instead of making them."),
    Verb(
      .release, .time, .acts, "[N]", [.count], example: "release 3",
      "Make the queued deliveries, all or so many."),
    Verb(.live, .time, .looks, "", example: "live", "Return to the end and follow it."),
    Verb(
      .pause, .time, .looks, "", example: "pause",
      "Stop the engine, or let it go on, as Space does."),
  ]

  private static let stopping: [Verb] = [
    Verb(
      .stop, aliases: ["break"], .time, .looks,
      "SELECTOR [hits N] [once] [note] [log \"TEXT\"] [if FILTER] | on [N] | off [N] | remove [N]",
      [.stop],
      example: "stop E PaymentDeclined if data.amount>50", takesExpression: true,
      "Stop the engine where something happens; or turn such a stop on or off, or remove it."),
    Verb(.stops, .look, .looks, "", example: "stops", "List the stops with their hits."),
    Verb(
      .runBack, aliases: ["rc"], .time, .looks, "[to SELECTOR [if FILTER]]", [.stop],
      example: "rrun to E PaymentDeclined", takesExpression: true,
      "Go back to the last hit of a stop, or to where something happened."),
  ]

  private static let branching: [Verb] = [
    Verb(
      .fork, .time, .looks, "NAME [POSITION]", [.forkName, .position], example: "fork late-pay #3",
      "Go on from a place in a history of its own, by default from this one."),
    Verb(
      .use, .time, .looks, "FORK | main", [.branch], example: "switch main",
      "Go to a fork, or back to main, and run lines there."),
    Verb(
      .discard, .time, .looks, "FORK", [.fork], example: "discard late-pay",
      "End a fork that is not in use."),
    Verb(
      .undo, aliases: ["u"], .time, .acts, "", example: "undo",
      "Take back the last line; what it did is kept as a fork."),
    Verb(.redo, .time, .acts, "", example: "redo", "Run the line again that was undone last."),
    Verb(.forks, .look, .looks, "", example: "forks", "List main and its forks."),
  ]

  private static let looking: [Verb] = [
    Verb(
      .filter, aliases: ["&"], .look, .looks, "[FILTER]", [.filter],
      example: "filter type:Order* !type:*Priced since:-5m", takesExpression: true,
      "Show only the events that pass; without a filter, all."),
    Verb(
      .find, .look, .looks, "TEXT | /PATTERN/", [.text], example: "find order-77",
      takesExpression: true, "Go to the next event that holds a text."),
    Verb(
      .events, .look, .looks, "[FILTER]", [.filter], example: "events type:Payment*",
      takesExpression: true, "List events."),
    Verb(.streams, .look, .looks, "", example: "streams", "List the streams."),
    Verb(
      .journal, .look, .looks, "[A..B]", [.journalRange], example: "journal 10..20",
      "List what the engine did, entry by entry."),
    Verb(
      .flow, .look, .looks, "[POSITION]", [.position], example: "flow #4",
      "Show the tree of causes of an event or a journal entry, by default of the newest event."),
    Verb(.queue, .look, .looks, "", example: "queue", "List the deliveries that wait."),
    Verb(.timers, .look, .looks, "", example: "timers", "List the timers that are armed."),
    Verb(
      .aggregate, .look, .looks, "TYPE/ID [@vN]", [.aggregate, .version],
      example: "agg Order/order-77 @v3", "Show an aggregate, now or at a version."),
    Verb(.aggregates, .look, .looks, "", example: "aggs", "List the aggregates."),
    Verb(
      .saga, .look, .looks, "NAME[/KEY]", [.saga], example: "saga PaymentSaga/order-1",
      "Show a saga or one of its instances."),
    Verb(.sagas, .look, .looks, "", example: "sagas", "List the sagas."),
    Verb(
      .view, .look, .looks, "NAME[/KEY]", [.view], example: "view Revenue/GBP",
      "Show a view or one of its rows."),
    Verb(.views, .look, .looks, "", example: "views", "List the views."),
    Verb(
      .groups, .look, .looks, "", example: "groups",
      "List the consumer groups: how far they are and how they are doing."),
    Verb(
      .parked, .look, .looks, "[N]", [.parked], example: "parked",
      "List the work that failed and is kept, or show one piece of it."),
    Verb(
      .metrics, .look, .looks, "", example: "metrics",
      "Show what consumers and commands did, and how long it took."),
    Verb(.commands, .look, .looks, "", example: "cmds", "List the commands of the domain."),
    Verb(
      .mark, .look, .looks, "NAME [POSITION]", [.markName, .position], example: "mark paid",
      "Give a name to a place in time, by default to this one; goto mark:NAME comes back."),
    Verb(
      .unmark, .look, .looks, "NAME", [.mark], example: "unmark paid",
      "Forget a name that mark gave."),
    Verb(.marks, .look, .looks, "", example: "marks", "List the places that have a name."),
  ]

  private static let filing: [Verb] = [
    Verb(
      .open, aliases: ["e"], .files, .looks, "FILE", [.path], example: "open shop.tape",
      "Open a file in place of what is open; with !, even if that is not saved."),
    Verb(
      .attach, .files, .looks, "ADDRESS | NAME", [.text],
      example: "attach redis://127.0.0.1:6379/orders,payments",
      "Attach, read-only, to a running system; an address, or a name of contexts.yaml."),
    Verb(
      .save, aliases: ["w"], .files, .looks, "[FILE]", [.path], example: "save shop.tape",
      "Write the commands (.tape) or events (.ndjson), or keep all in a store (.eventicle)."),
    Verb(
      .backup, .files, .looks, "FILE", [.path], example: "backup copy.eventicle",
      "Copy the store in which everything is kept; work goes on in the store itself."),
    Verb(
      .domain, .files, .acts, "DOMAIN", [.path], example: "domain ./dist/domain.js",
      "Go on with other code, named as with --domain; verify compares what it does now."),
    Verb(
      .export, .files, .looks,
      "test swift|js [A..B] [FILE] | diagram flow [POSITION] mermaid|dot [FILE] | "
        + "diagram saga SAGA[/KEY] mermaid|dot [FILE] | "
        + "diagram chart TYPE[/ID] mermaid|dot|scxml [FILE] | diagram map mermaid|dot [FILE]",
      [.exported], example: "export diagram flow #1 mermaid",
      "Tell what happened as a test or a diagram; with !, replace the file."),
    Verb(
      .shot, .files, .looks, "FILE", [.path], example: "shot screen.svg",
      "Write this screen as a picture (.svg), text (.txt) or page (.html)."),
    Verb(
      .importFile, .files, .acts, "FILE [as FORMAT] [skip-bad FILE]",
      [.path, .importWord, .format, .importWord, .path], example: "import incident.ndjson",
      "Append the events of a file, those that are there already left out."),
  ]

  private static let other: [Verb] = [
    Verb(
      .set, .app, .looks, "NAME[=VALUE]", [.setting], example: "set mouse=on",
      "Change a setting, or say what it is."),
    Verb(
      .theme, .app, .looks, "[NAME | auto | check | inspect]", [.theme],
      example: "theme harbour-dark",
      "Change the colours, list the themes, or say what can be read."),
    Verb(
      .mouse, .app, .looks, "[on | off]", [.toggle], example: "mouse off",
      "Let the mouse work here, or leave it to the terminal."),
    Verb(
      .help, .app, .looks, "[VERB]", [.verb], example: "help emit",
      "Explain everything, or one verb."),
    Verb(.info, .app, .looks, "", example: "info", "Show what is open, and the limits."),
    Verb(
      .reload, .app, .looks, "", example: "reload",
      "Load a domain in JavaScript again; what happened stays."),
    Verb(
      .demo, .app, .looks, "[DOMAIN | story]", [.domain], example: "demo shop",
      "Take the tour of the domain; with story, play a few lines that leave something to look at."),
    Verb(
      .present, .app, .looks, "[FILE | N | off]", [.path], example: "present shop.tape",
      "Show a tape to a team, a caption at a time; go to caption N, leave it, or go on with it."),
    Verb(
      .quit, aliases: ["q"], .app, .looks, "", example: "quit",
      "Leave; asks when lines are not saved."),
    Verb(.quitUnsaved, .app, .looks, "", example: "q!", "Leave without saving."),
    Verb(.saveAndQuit, .app, .looks, "[FILE]", [.path], example: "wq", "Save and leave."),
  ]
}
