import { Hono } from "hono";
import { firstStepsView } from "../../../core/desk/first-steps.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { firstThings } from "../first-things.ts";
import type { DeskEnv } from "./desk-env.ts";
import { show } from "./show.ts";

/** From nothing to the first proof, for whoever begins. */
export function firstSteps(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", async (c) => {
    const { language, publication } = c.var;
    return show(c, "first-steps", firstStepsView(language, publication.id, await firstThings(cloud, publication.id)));
  });
  return app;
}
