import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { newSubmission } from "../../core/mail/received.ts";
import { archive } from "../../functions/archive.ts";
import { addPerson } from "../../functions/desk/people.ts";
import { submissionFolder } from "../../functions/records/paths.ts";
import { submissionChanges } from "../../functions/records/submissions.ts";
import { person } from "../../local/session.ts";
import { workUntilQuiet } from "../../local/wiring.ts";
import { type TestCloud, testCloud } from "../cloud/test-cloud.ts";
import { place, scheduleSpring, someReaders, takeIn, wake } from "./an-issue-to-send.ts";

const thomas = "thomas@rathaus.example";
const article = "ein-schalter-der-zuhoert";

let cloud: TestCloud;
beforeEach(async () => {
  for (const way of ["info", "warn"] as const) vi.spyOn(console, way).mockImplementation(() => {});
  cloud = testCloud();
  await scheduleSpring(cloud);
});

/** An article in the library, handed in by somebody. */
async function handedIn(by: string): Promise<void> {
  const at = cloud.clock.now().toISOString();
  await cloud.table.write([
    ...submissionChanges(undefined, newSubmission({ publication: place.publication, id: article, by, at }, {})),
  ]);
  const key = `${submissionFolder(place.publication, article)}schalter.md`;
  await cloud.files.write(key, "# Ein Schalter, der zuhört\n\nEr hört zu.\n", { type: "text/plain" });
  await workUntilQuiet(cloud);
}
async function sent(): Promise<void> {
  await takeIn(cloud, someReaders(2));
  await cloud.timer.wakeAt("plan-elblandbote-2026-01", cloud.clock.now().toISOString(), {
    target: "plan",
    payload: wake,
  });
  await workUntilQuiet(cloud, { waitSeconds: 90 });
}
const letters = async () => {
  const found = cloud.outbox.list({ limit: 50, to: thomas }).letters.reverse();
  return Promise.all(found.map((letter) => PostalMime.parse(cloud.outbox.source(letter))));
};

describe("an author whose article is out", () => {
  it("hears of it once, however often the books are closed, with the way to the page", async () => {
    const { id } = await addPerson(cloud, person, place.publication, { address: thomas, name: "Thomas Śěrak" });
    await handedIn(id);
    await sent();
    await archive(cloud)(wake, { deadline: new Date(cloud.clock.now().getTime() + 60_000) });
    await workUntilQuiet(cloud, { waitSeconds: 90 });
    const [letter, ...more] = await letters();
    expect(more).toEqual([]);
    expect(letter?.subject).toBe("Erschienen: Ausgabe 01|26 von ELBLANDbote");
    expect(letter?.text).toContain("https://elblandbote.example/ausgaben/2026-01/ein-schalter-der-zuhoert/");
  });

  it("is nobody else: not the operator, not whoever left as an author", async () => {
    await handedIn("operator");
    await sent();
    expect(await letters()).toEqual([]);
  });
});
