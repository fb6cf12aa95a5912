import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sharedClock, systemClock } from "../../../functions/cloud/clock.ts";
import { dynamoTable } from "../../../functions/cloud/table.ts";
import { clockContract } from "../../cloud/clock.contract.ts";
import { startScript, type Told } from "../../cloud/loopback-json.ts";

clockContract("the machine's own", async () => ({ clock: systemClock }));
clockContract("shared with all who ask the table", async () => ({ clock: sharedClock() }));

const noon = Date.parse("2026-03-02T12:00:00.000Z");
const minutes = (count: number): number => count * 60_000;

/** A machine whose two times go as a test says. */
function aMachine() {
  const machine = { wallIs: noon, monotonicIs: 7_000 };
  const pass = (milliseconds: number) => {
    machine.wallIs += milliseconds;
    machine.monotonicIs += milliseconds;
  };
  const clock = sharedClock({ wall: () => machine.wallIs, monotonic: () => machine.monotonicIs });
  const isOff = (): number => clock.now().getTime() - machine.wallIs;
  return { machine, clock, pass, isOff };
}

describe("a clock others set right", () => {
  it.each([minutes(5), minutes(-5), 4_000])("learns from an answer that it is %d ms off", (ahead) => {
    const { clock, pass, isOff } = aMachine();
    clock.hear(new Date(noon + ahead), 20);
    expect(Math.abs(isOff() - ahead)).toBeLessThan(1_000);
    pass(90_000);
    expect(Math.abs(isOff() - ahead)).toBeLessThan(1_000);
  });

  it.each([0, -999, 1_900, -2_900])("stays as it is where %d ms may be the whole seconds of a date", (ahead) => {
    const { clock, isOff } = aMachine();
    clock.hear(new Date(noon + ahead), 20);
    expect(isOff()).toBe(0);
  });

  it("blames no clock for an answer that was long on its way", () => {
    const { clock, isOff } = aMachine();
    clock.hear(new Date(noon - 12_000), 12_000);
    expect(isOff()).toBe(0);
  });

  it("goes on evenly when somebody sets the machine's clock in the middle of a run", () => {
    const { machine, clock, pass } = aMachine();
    machine.wallIs += minutes(5);
    pass(1_000);
    expect(clock.now().getTime()).toBe(noon + 1_000);
  });

  it("does not believe it slept no longer than its monotonic time says, when it wakes from a frozen machine", () => {
    const { machine, clock } = aMachine();
    machine.wallIs += minutes(20);
    clock.wake();
    expect(clock.now().getTime()).toBe(noon + minutes(20));
  });
});

describe("a worker whose clock is off", () => {
  let service: Awaited<ReturnType<typeof startScript>>;
  const script: Told[] = [{ ok: {} }, { code: "ConditionalCheckFailedException" }];
  const start = async (aheadMilliseconds: number) => {
    service = await startScript(script, { aheadMilliseconds });
    process.env.AWS_ENDPOINT_URL_DYNAMODB = service.url;
  };
  beforeEach(() => {
    Object.assign(process.env, { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "s" });
  });
  afterEach(async () => {
    await service.stop();
    delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
  });

  it.each([minutes(5), minutes(-5)])("has the table's time after its first answer, %d ms away", async (ahead) => {
    await start(ahead);
    const clock = sharedClock();
    await dynamoTable("kurier", clock, clock.hear).get([{ pk: "a", sk: "b" }]);
    expect(Math.abs(clock.now().getTime() - Date.now() - ahead)).toBeLessThan(2_500);
  });

  it("has it from a refusal, too", async () => {
    await start(minutes(5));
    const clock = sharedClock();
    const table = dynamoTable("kurier", clock, clock.hear);
    await table.get([{ pk: "a", sk: "b" }]);
    clock.hear(new Date(), 0);
    await table.write([{ put: { pk: "a", sk: "b" }, if: "absent" }]).catch(() => undefined);
    expect(clock.now().getTime() - Date.now()).toBeGreaterThan(minutes(5) - 2_500);
  });
});
