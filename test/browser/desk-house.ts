import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Role } from "../../core/rights.ts";
import type { Clock } from "../../functions/cloud/cloud.ts";
import { desk } from "../../functions/desk.ts";
import { listPublications } from "../../functions/records/publications.ts";
import { openSession } from "../../functions/records/sessions.ts";
import { type LocalCloud, localCloud } from "../../local/cloud/local-cloud.ts";
import type { Served } from "../../local/listen.ts";
import { setUpSample } from "../../local/sample.ts";
import { listenForAll } from "../../local/serve.ts";
import { uploadDoor } from "../../local/upload-door.ts";
import { keepWorking } from "../../local/wiring.ts";
import { aPerson } from "../functions/desk/routes/a-desk.ts";
import { openBrowser } from "./chromium.ts";

/** A whole desk on this machine, with a site, a mailbox and somebody at work; entered by a real browser. */
export interface DeskHouse {
  readonly cloud: LocalCloud;
  readonly browser: Browser;
  /** Of the desk. */
  readonly origin: string;
  /** Of site and mailbox. */
  readonly site: string;
  /** A window in which somebody with these roles is signed in; what it betrays is gathered. */
  enter(roles: readonly Role[], options?: BrowserContextOptions, script?: string): Promise<Window>;
  close(): Promise<void>;
}
export interface Window {
  readonly page: Page;
  /** Errors of the console and of scripts, and whatever was asked of anybody else. */
  readonly trouble: string[];
  close(): Promise<void>;
}

export interface DeskHouseOptions {
  /** With the sample issue, sent and archived. */
  readonly hasSample?: boolean;
  /** Of the cloud: one that can be put forward, where nobody wants to wait ten minutes. */
  readonly clock?: Clock;
}

export async function openDeskHouse({ hasSample = true, clock }: DeskHouseOptions = {}): Promise<DeskHouse> {
  const folder = await mkdtemp(join(tmpdir(), "kurier-desk-"));
  const cloud = localCloud({ folder, ...(clock && { clock }) });
  const site = await listenForAll(cloud, { language: "de" });
  if (hasSample) await setUpSample(cloud, site.origin, () => {}, "de");
  const stop = new AbortController();
  const working = keepWorking(cloud, stop.signal);
  const server = createAdaptorServer({ fetch: (request) => app.fetch(request) }) as Server;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pages = desk(cloud, { baseUrl: new URL(origin) });
  const app = new Hono().route("/", uploadDoor(cloud, new URL(origin))).all("*", (c) => pages.fetch(c.req.raw));
  const browser = await openBrowser();
  const close = async (): Promise<void> => {
    await browser.close();
    stop.abort();
    await working;
    await shut(server, site);
    cloud.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { cloud, browser, origin, site: site.origin, close, enter: entering(cloud, browser, [origin, site.origin]) };
}

async function shut(server: Server, site: Served): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await site.close();
}

let visitors = 0;

const entering =
  (cloud: LocalCloud, browser: Browser, ours: readonly string[]): DeskHouse["enter"] =>
  async (roles, options, script) => {
    visitors += 1;
    const context = await browser.newContext({ locale: "de-DE", ...options });
    const { addressKey } = await aPerson(cloud, `${roles.join("-") || "niemand"}-${visitors}`, roles);
    const token = await openSession(cloud, { addressKey, signedInAt: cloud.clock.now().toISOString() });
    const [url = ""] = ours;
    await context.addCookies([{ name: "kurier-desk", value: token, url, httpOnly: true, sameSite: "Lax" }]);
    if (script !== undefined) await context.addInitScript(script);
    const trouble: string[] = [];
    context.on("page", (page) => listen(page, ours, trouble));
    return { page: await context.newPage(), trouble, close: () => context.close() };
  };

/** A refused form is a page of its own, which browsers note as an error. */
const isRefusedForm = /status of (409|422)/;

function listen(page: Page, ours: readonly string[], trouble: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error" && !isRefusedForm.test(message.text())) trouble.push(message.text());
  });
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("request", (request) => {
    const url = request.url();
    const isOurs = ours.some((origin) => url.startsWith(`${origin}/`)) || /^(data|blob|about):/.test(url);
    if (!isOurs) trouble.push(`asked ${url}`);
  });
}

/** The one publication here. */
export async function onlyPublication({ cloud }: DeskHouse): Promise<string> {
  const [only = ""] = await listPublications(cloud);
  return only;
}
