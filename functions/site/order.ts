import { type Context, Hono } from "hono";
import type { Typed } from "../../core/edition/site/order-form.ts";
import { untouched } from "../../core/edition/site/order-form.ts";
import { absoluteAt } from "../../core/edition/web/address.ts";
import { paths } from "../../core/publication.ts";
import type { SignUp } from "../../core/subscriber/ask.ts";
import { wordingOf } from "../../core/subscriber/consent.ts";
import { doorFields, type FormPost } from "../../core/subscriber/protection.ts";
import { type Door, type Fields, one, readOrder } from "../../core/subscriber/read-order.ts";
import type { Language } from "../../core/words.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { findPublication, publicationsBeside } from "../records/publications.ts";
import { keepWording } from "../records/wordings.ts";
import { readFields } from "./fields.ts";
import { answer, languageOf, readLanguage } from "./page.ts";
import { challenge, protect, secondStep } from "./protect.ts";

/** Asking for a publication. The answer is the same for every address: whether it is known shows in no word and no time. */
export function ordering(cloud: Cloud, ipOf: (c: Context) => string): Hono {
  const app = new Hono();
  app.get("/:publication/s", async (c) => {
    const door = await openDoor(cloud, c);
    if (!door) return c.notFound();
    const { publication, besides, language } = door;
    return answer(c, "order", { besides, typed: untouched(language) }, { publication });
  });
  app.get("/:publication/s/form", async (c) => {
    const publication = await findPublication(cloud, c.req.param("publication"));
    return publication ? answer(c, "form", {}, { publication }) : c.notFound();
  });
  app.get("/:publication/s/challenge", async (c) =>
    (await findPublication(cloud, c.req.param("publication"))) ? c.json(await challenge(cloud)) : c.notFound(),
  );
  app.post("/:publication/s", async (c) => {
    const fields = await readFields(c);
    const door = await openDoor(cloud, c, readLanguage(one(fields, "said")));
    return door ? ask(cloud, c, door, { fields, ip: ipOf(c) }) : c.notFound();
  });
  return app;
}

async function openDoor(cloud: Cloud, c: Context, said?: Language): Promise<Door | undefined> {
  const publication = await findPublication(cloud, c.req.param("publication") ?? "");
  if (!publication) return undefined;
  const besides = await publicationsBeside(cloud, publication);
  return { publication, besides, language: languageOf(c, publication, said) };
}

interface Posted {
  readonly fields: Fields;
  readonly ip: string;
}

async function ask(cloud: Cloud, c: Context, door: Door, { fields, ip }: Posted): Promise<Response> {
  const { publication, language } = door;
  const manner = { publication, language };
  const read = readOrder(door, fields);
  const { typed } = read;
  if (read.is === "unsound") return answer(c, "order", withStep(read.form, fields), { ...manner, status: 422 });
  const named = Object.fromEntries([...fields].map(([name, [value]]) => [name, value]));
  const post: FormPost = { fields: named, address: typed.address, ip };
  const passage = read.is === "elsewhere" ? "slow" : await protect(cloud, post);
  if (passage === "slow") return onceMore(cloud, c, door, typed, post);
  if (passage === "closed") return answer(c, "closed", {}, { ...manner, status: 503 });
  if (passage === "pass") await putInQueue(cloud, door, typed, Boolean(one(fields, doorFields.step)));
  return answer(c, "mailbox", { address: typed.address }, manner);
}

/** Whoever is on their second step stays on it. */
const withStep = <Form extends object>(form: Form, fields: Fields): Form & { step?: string } => {
  const step = one(fields, doorFields.step);
  return { ...form, ...(step && { step }) };
};

async function onceMore(cloud: Cloud, c: Context, door: Door, typed: Typed, post: FormPost): Promise<Response> {
  const { publication, besides, language } = door;
  const step = await secondStep(cloud, post);
  const isSoon = step === post.fields[doorFields.step];
  return answer(c, "slower", { besides, typed, step, isSoon }, { publication, language });
}

async function putInQueue(cloud: Cloud, door: Door, typed: Typed, isSecondStep: boolean): Promise<void> {
  const { publication, besides, language } = door;
  const wording = wordingOf(publication, language, besides);
  await keepWording(cloud, wording);
  const { address, name, publications, topics, format } = typed;
  const isOnShelf = !isSecondStep && language === publication.language;
  const message: SignUp = {
    ...{ v: 1, is: "sign-up", id: cloud.clock.id(), at: cloud.clock.now().toISOString() },
    ...{ publications: [...publications], address, name, language: typed.language, format },
    topics: { [publication.id]: [...topics] },
    form: absoluteAt(publication.baseUrl)(isOnShelf ? `${paths[language].subscribe}/` : "s"),
    wording: wording.hash,
  };
  await cloud.queues.confirmations.add([message]);
}
