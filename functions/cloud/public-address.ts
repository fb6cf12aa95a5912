import ipaddr from "ipaddr.js";

/** Azure's host answers virtual machines at a public address. */
const outOfBounds: ReadonlySet<string> = new Set(["168.63.129.16"]);

/**
 * Whether anybody on the net may be asked at this address. Not: loopback, private, link-local (where clouds keep their
 * metadata), carrier-grade NAT, unique local, multicast, documentation, or an IPv4 address dressed as IPv6.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || outOfBounds.has(address)) return false;
  return ipaddr.parse(address).range() === "unicast";
}
