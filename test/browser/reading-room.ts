import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import type { EditionFile } from "../../core/edition/edition.ts";
import { openBrowser } from "./chromium.ts";

/** A place where finished pages are served and read by a real browser. */
export interface ReadingRoom {
  readonly origin: string;
  /** Lays files out below the origin; "…/index.html" answers at its folder. */
  layOut(files: readonly Pick<EditionFile, "path" | "body" | "type">[]): void;
  /** Opens a page, gathers what its console and its requests betray, and hands it over. */
  read<T>(path: string, options: BrowserContextOptions, look: (page: Page) => Promise<T>): Promise<Reading<T>>;
  close(): Promise<void>;
}

export interface Reading<T> {
  readonly seen: T;
  /** Errors and warnings of the console, failed and foreign requests. */
  readonly trouble: readonly string[];
}

/**
 * @param script runs on every page before its own words do
 * @throws when there is no Chromium: a check that does not run is no check
 */
export async function openReadingRoom(script = ""): Promise<ReadingRoom> {
  const browser = await openBrowser();
  const shelf = new Map<string, Pick<EditionFile, "body" | "type">>();
  const picture = await sharp({ create: { width: 1280, height: 800, channels: 3, background: "#0B5A3E" } })
    .jpeg()
    .toBuffer();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname).slice(1);
    const file = path.startsWith("bilder/")
      ? { body: picture, type: "image/jpeg" }
      : shelf.get(path.replace(/(^|\/)$/, "$1index.html"));
    response.writeHead(file ? 200 : 404, { "Content-Type": file?.type ?? "text/plain" }).end(file?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    layOut: (files) => {
      for (const { path, body, type } of files) shelf.set(path, { body, type });
    },
    read: (path, options, look) => readPage(browser, { origin, script, path }, options, look),
    close: () => closeRoom(browser, server),
  };
}

async function readPage<T>(
  browser: Browser,
  { origin, script, path }: { origin: string; script: string; path: string },
  options: BrowserContextOptions,
  look: (page: Page) => Promise<T>,
): Promise<Reading<T>> {
  const context = await browser.newContext(options);
  const trouble: string[] = [];
  try {
    const page = await context.newPage();
    await page.addInitScript(script);
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") trouble.push(message.text());
    });
    page.on("pageerror", (error) => trouble.push(error.message));
    page.on("response", (answer) => {
      if (answer.status() >= 400) trouble.push(`${answer.status()} ${answer.url()}`);
    });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(`${origin}/`) && !url.startsWith("data:")) trouble.push(`asked ${url}`);
    });
    await page.goto(`${origin}/${path}`, { waitUntil: "load" });
    await page.evaluate("document.fonts.ready");
    return { seen: await look(page), trouble };
  } finally {
    await context.close();
  }
}

async function closeRoom(browser: Browser, server: Server): Promise<void> {
  await browser.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
