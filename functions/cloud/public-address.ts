import ipaddr from "ipaddr.js";

/** Azure's host answers virtual machines at a public address. */
const outOfBounds: ReadonlySet<string> = new Set(["168.63.129.16"]);

/** All that is given out of IPv6 (RFC 4291, IANA); outside it lie old ways to write an IPv4 address, such as ::7f00:1. */
const globalUnicast = ipaddr.parseCIDR("2000::/3");

/**
 * Whether anybody on the net may be asked at this address. Not: loopback, private, link-local (where clouds keep their
 * metadata), carrier-grade NAT, unique local, multicast, documentation, or an IPv4 address dressed as IPv6.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || outOfBounds.has(address)) return false;
  const parsed = ipaddr.parse(address);
  return parsed.range() === "unicast" && (parsed.kind() === "ipv4" || parsed.match(globalUnicast));
}
