import Handlebars from "handlebars";
import MailComposer from "nodemailer/lib/mail-composer/index.js";
import type { Addressee } from "../../core/delivery/message.ts";
import { fillSlots, slotNames } from "../../core/edition/slots.ts";

/** What a tool does that renders each mail: the template per reader, then the message per reader. */
export function renderEach(html: string, text: string, subject: string): (reader: Addressee) => Promise<Buffer> {
  const marks = Object.fromEntries(slotNames.map((slot) => [slot, `{{${slot}}}`])) as Record<
    (typeof slotNames)[number],
    string
  >;
  const page = Handlebars.compile(fillSlots(html, marks, "text"));
  const plain = Handlebars.compile(fillSlots(text, marks, "text"), { noEscape: true });
  return ({ address, ...values }) =>
    new MailComposer({
      from: { name: "ELBLANDbote", address: "post@elblandbote.example" },
      to: { name: values.name, address },
      subject,
      html: page(values),
      text: plain(values),
      list: { unsubscribe: [[values.leaveUrl]] },
    })
      .compile()
      .build();
}
