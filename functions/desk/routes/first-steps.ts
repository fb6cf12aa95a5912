import { Hono } from "hono";
import { firstStepsView } from "../../../core/desk/first-steps.ts";
import { may } from "../../../core/rights.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { firstThings } from "../first-things.ts";
import type { DeskEnv } from "./desk-env.ts";
import { show } from "./show.ts";

/** From nothing to the first proof, for whoever begins. */
export function firstSteps(cloud: Cloud): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get("/", async (c) => {
    const { language, person } = c.var;
    const { id } = c.var.publication;
    const mayChange = may(person, "change-publication", { publication: id, kind: "publication", id });
    return show(c, "first-steps", firstStepsView(language, id, await firstThings(cloud, id), mayChange));
  });
  return app;
}
