/** Where somebody wanted to go, if that is a place of ours; no address leads from here to a stranger's. */
export function ownPath(wanted: string | undefined): string {
  const anywhere = "https://desk.invalid";
  // The browser's own reading decides: it drops tabs and takes a backslash for a slash.
  const url = URL.canParse(wanted ?? "", anywhere) ? new URL(wanted ?? "", anywhere) : undefined;
  if (!url || url.origin !== anywhere || !wanted?.startsWith("/") || url.pathname.startsWith("//")) return "/";
  return `${url.pathname}${url.search}`;
}
