import { describe, expect, it, vi } from "vitest";
import { mostPerAddress } from "../../core/subscriber/protection.ts";
import { ask } from "../../functions/ask.ts";
import { Throttled } from "../../functions/cloud/cloud.ts";
import { plan } from "../../functions/plan.ts";
import { readRate, takePlaces } from "../../functions/records/rate.ts";
import { protect } from "../../functions/site/protect.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { testCloud } from "../cloud/test-cloud.ts";
import { calmTable, memoryTable } from "../simulation/memory-table.ts";
import { almut, foundPapers, signUp } from "./a-reader.ts";
import { letters, scheduleSpring, someReaders, takeIn, wake } from "./an-issue-to-send.ts";
import { aPost, easyWork } from "./site/proofs.ts";

const quiet = (): void => {
  for (const way of ["info", "warn"] as const) vi.spyOn(console, way).mockImplementation(() => {});
};

describe("ten thousand posts for one address", () => {
  it("bring one mail, and close the form for nobody", { timeout: 60_000 }, async () => {
    quiet();
    const cloud = testCloud();
    await foundPapers(cloud);
    const works = await Promise.all(Array.from({ length: 500 }, (_, n) => easyWork(cloud, `work-${n}`)));
    cloud.clock.advance({ seconds: 5 });
    const door = { ...cloud, table: calmTable(memoryTable(() => cloud.clock.now().getTime())) };
    let passed = 0;
    for (let n = 0; n < 10_000; n++) {
      const ip = `10.${(n >> 4) % 256}.${(n >> 8) % 256}.1`;
      if ((await protect(door, aPost({ fields: works[n % 500] ?? {}, ip, address: almut }))) !== "pass") continue;
      passed++;
      await cloud.queues.confirmations.add([await signUp(cloud)]);
    }
    await workUntilQuiet(cloud);
    expect(passed).toBe(mostPerAddress);
    expect(cloud.outbox.count()).toBe(1);
    const fields = await easyWork(cloud, "bea");
    cloud.clock.advance({ seconds: 5 });
    expect(await protect(door, aPost({ fields, address: "bea@ort.example" }))).toBe("pass");
  });
});

describe("a flood of wishes", () => {
  it("takes no place of an issue that leaves at the same time, and slows it by nothing", async () => {
    quiet();
    const cloud = testCloud();
    await foundPapers(cloud);
    const before = await takePlaces(cloud, "editions", 8);
    const flooded = testCloud();
    await foundPapers(flooded);
    const wishes = await Promise.all(
      Array.from({ length: 40 }, (_, n) => signUp(flooded, { address: `opfer${n}@ort.example` })),
    );
    const throttled = {
      ...flooded,
      mail: { ...flooded.mail, send: () => Promise.reject(new Throttled("Throttling")) },
    };
    const Records = wishes.map((wish, n) => ({ messageId: String(n), body: JSON.stringify(wish) }));
    await ask(throttled)({ Records }, { deadline: new Date(flooded.clock.now().getTime() + 600_000) });
    expect((await readRate(flooded, "confirmations"))?.share).toBeLessThan(0.5);
    const after = await takePlaces(flooded, "editions", 8);
    if (before.is !== "taken" || after.is !== "taken") return expect.unreachable();
    expect(after.places).toEqual({ ...before.places, first: flooded.clock.now().getTime() });
    expect(after.rate.share).toBe(1);
  });

  it("leaves every reader of an issue their letter", async () => {
    quiet();
    const cloud = testCloud();
    await foundPapers(cloud);
    const wishes = await Promise.all(
      Array.from({ length: 20 }, (_, n) => signUp(cloud, { address: `opfer${n}@ort.example` })),
    );
    await scheduleSpring(cloud);
    const readers = someReaders(30);
    await takeIn(cloud, readers);
    await cloud.queues.confirmations.add([...wishes]);
    await plan(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 900_000) });
    await workUntilQuiet(cloud, { waitSeconds: 600 });
    const held = letters(cloud);
    expect(readers.map((reader) => held[reader])).toEqual(readers.map(() => 1));
    expect(Object.keys(held)).toHaveLength(readers.length + wishes.length);
  });
});
