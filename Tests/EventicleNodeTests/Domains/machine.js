// An aggregate with a state machine: nested and parallel states, guards, actions that raise events.
const { aggregates, registerCommand } = require("@eventicle/eventiclejs");
const { XStateAggregate, removeXstateEvents } = require("@eventicle/eventiclejs/dist/events/XStateAggregate");
const { assign, createMachine } = require("xstate");

class Claim extends XStateAggregate {
  constructor() {
    super("Claim", (claim) => createMachine({
      id: "claim",
      predictableActionArguments: true,
      initial: "draft",
      context: { reviews: 0 },
      states: {
        draft: { on: { SUBMIT: { target: "review", actions: () => claim.raiseEvent({ type: "Submitted", data: {} }) } } },
        review: {
          type: "parallel",
          states: {
            legal: { initial: "open", states: { open: { on: { LEGAL: "ok" } }, ok: { type: "final" } } },
            money: {
              initial: "open",
              states: {
                open: {
                  on: {
                    MONEY: {
                      target: "ok", cond: (context, event) => event.amount < 100,
                      actions: assign({ reviews: (context) => context.reviews + 1 }),
                    },
                  },
                },
                ok: { type: "final" },
              },
            },
          },
          onDone: "closed",
        },
        closed: { type: "final", entry: "tell" },
      },
    }, { actions: { tell: ({ reviews }) => claim.raiseEvent({ type: "Closed", data: { reviews } }) } }));
    this.reducers = {
      Opened: (event) => { this.id = event.data.id; },
      Submitted: () => { this.submitted = true; },
      Closed: () => { this.closings = (this.closings ?? 0) + 1; },
    };
  }

  tell(message) {
    this.xsend(message);
  }
}

registerCommand({
  type: "OpenClaim", streamToEmit: "claims",
  async execute({ id }) {
    const claim = new Claim();
    claim.raiseEvent({ type: "Opened", data: { id } });
    return { events: removeXstateEvents(await aggregates.persist(claim)) };
  },
});
registerCommand({
  type: "Tell", streamToEmit: "claims",
  async execute({ id, message }) {
    const claim = await aggregates.load(Claim, id);
    claim.tell(message);
    return { response: claim.service.state.value, events: removeXstateEvents(await aggregates.persist(claim)) };
  },
});

module.exports = { Claim };
