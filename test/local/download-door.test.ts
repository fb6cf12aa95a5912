import { expect, it, vi } from "vitest";
import { downloadDoor } from "../../local/download-door.ts";
import { testCloud } from "../cloud/test-cloud.ts";

it("hands a file out for five minutes, to whoever has the whole link", async () => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  const cloud = testCloud();
  await cloud.files.write("handouts/slk/1/a.csv", "a;b", { type: "text/csv" });
  const link = await cloud.files.downloadLink("handouts/slk/1/a.csv", { seconds: 300, name: "a.csv" });
  const door = downloadDoor(cloud);
  expect(await (await door.request(link)).text()).toBe("a;b");
  const other = await cloud.files.downloadLink("ledger/slk/0", { seconds: 300, name: "a.csv" });
  const [what, signature] = [
    new URL(other, "http://x").searchParams.get("what") ?? "",
    new URL(link, "http://x").searchParams.get("signature") ?? "",
  ];
  for (const wrong of [`/download?what=${what}&signature=${signature}`, "/download", `/download?what=e30&signature=`])
    expect((await door.request(wrong)).status).toBe(403);
  cloud.clock.advance({ seconds: 301 });
  expect((await door.request(link)).status).toBe(403);
});
