import { paths } from "../../publication.ts";
import { fill, words } from "../../words.ts";
import { renderer } from "../templates.ts";
import { absoluteAt } from "../web/address.ts";
import { type OrderForm, orderFormView } from "./order-form.ts";
import type { Content, Place } from "./place.ts";
import { orderScript } from "./script.ts";

/** Where somebody orders: our own page, and the form others put on theirs. */

export function orderContent(form: OrderForm, { house, publication, language, linkTo }: Place): Content {
  if (!publication) throw new Error("a form is a publication's");
  const isSound = !form.addressProblem && !form.publicationsProblem && !form.meant && !form.isChanged;
  return {
    view: {
      form: orderFormView(publication, form, language, linkTo),
      privacy: linkTo(`${paths[publication.language].privacy}/`),
      elsewhere: linkTo("s/form"),
      contact: publication.sender.replyTo,
      ...("isSoon" in form && { isSoon: form.isSoon }),
    },
    details: { publication: publication.title },
    ...(!isSound && { mark: words(language).site.order.mark }),
    script: orderScript(house),
  };
}

/** A form without style or script that works from any page: it leads to ours, where the words of consent are read. */
export function embedded({ house, publication, language }: Place): string {
  if (!publication) throw new Error("a form is a publication's");
  const { order } = words(language).site;
  const action = absoluteAt(publication.baseUrl)("s");
  const title = fill(order.title, { publication: publication.title });
  const view = { action, title, address: order.address, button: order.button, said: language };
  return renderer(house)("site/embedded", view).trim();
}
