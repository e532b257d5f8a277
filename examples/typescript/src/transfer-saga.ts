// Takes money from one account and brings it to the other, or back when that fails.
import { dispatchCommand, eventClient, registerSaga, saga, type EventicleEvent, type SagaInstance } from "@eventicle/eventiclejs";

type Timers = "expiry";

interface Going {
  from: string;
  to: string;
  amount: number;
  transferId: string;
  status: "withdrawing" | "depositing" | "completed" | "failed";
}

type Step = SagaInstance<Timers, Going>;

const byTransfer = {
  matchInstance: (event: EventicleEvent<{ transferId?: string }>) =>
    ({ instanceProperty: "transferId" as const, value: event.data.transferId }),
};

async function move(step: Step, type: "Withdraw" | "Deposit", side: "from" | "to"): Promise<void> {
  const data = { accountId: step.get(side), amount: step.get("amount"), transferId: step.get("transferId") };
  await dispatchCommand({ type, data });
}

async function tell(step: Step, type: string, data: object = {}): Promise<void> {
  await eventClient().emit([{ type, domainId: step.get("transferId"), data }], "transfers");
}

async function fail(step: Step, reason: string): Promise<void> {
  step.set("status", "failed");
  await tell(step, "TransferFailed", { reason });
  step.endSaga(true);
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

registerSaga(
  saga<Timers, Going>("TransferSaga")
    .subscribeStreams(["transfers", "accounts"])
    .startOn("TransferRequested", {}, async (step, event) => {
      for (const name of ["from", "to", "amount"] as const) step.set(name, event.data[name]);
      step.set("transferId", event.domainId);
      step.set("status", "withdrawing");
      try {
        await move(step, "Withdraw", "from");
        step.upsertTimer("expiry", { isCron: false, timeout: 60_000 });
      } catch (refusal) {
        await fail(step, reasonOf(refusal));
      }
    })
    .on("MoneyWithdrawn", byTransfer, async (step) => {
      step.set("status", "depositing");
      try {
        await move(step, "Deposit", "to");
      } catch (refusal) {
        await move(step, "Deposit", "from");
        await fail(step, reasonOf(refusal));
      }
    })
    .on("MoneyDeposited", byTransfer, async (step) => {
      step.set("status", "completed");
      await tell(step, "TransferCompleted");
      step.endSaga(true);
    })
    .onTimer("expiry", async (step) => {
      // Once the money is deposited, only the event that says so is outstanding.
      if (step.get("status") !== "withdrawing") return;
      await move(step, "Deposit", "from");
      await fail(step, "timed out");
    }),
);
