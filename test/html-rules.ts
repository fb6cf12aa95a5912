import { type ConfigData, HtmlValidate } from "html-validate";

/** What html-validate must not find. Each exception says whose habit it is. */

const standard: ConfigData = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
};

/** A mail is made for mailboxes of twenty years: attributes and inline styles of old are its trade. */
export const emailRules: ConfigData = {
  ...standard,
  rules: {
    // MJML's own frame: lower-case doctype, Outlook's comments, <div role="article">, role="presentation".
    "doctype-style": "off",
    "no-conditional-comment": "off",
    "prefer-native-element": "off",
    "presentation-role-style": "off",
    // Style sheets are dropped by many mailboxes, CSS for tables by Outlook; parsers add <tbody> by themselves.
    "no-inline-style": "off",
    "no-deprecated-attr": "off",
    "prefer-tbody": "off",
  },
};

/** Pages are made for browsers of today; what authors write, long titles and phone numbers as typed, is theirs. */
export const webRules: ConfigData = {
  ...standard,
  rules: {
    "long-title": "off",
    "tel-non-breaking": "off",
    // Boxes of one question share its name; the rule's own default knows that of radio buttons alone.
    "form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }],
  },
};

/** Findings as "line:column rule: message", none for a sound page. */
export async function findings(html: string, rules: ConfigData): Promise<string[]> {
  const report = await new HtmlValidate(rules).validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`),
  );
}
