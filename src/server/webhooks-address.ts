// A webhook's URL -> whether it may be called: never this machine or the network behind it, unless the settings say so.
import { BlockList, isIP } from "node:net";

/** A key of the locales' `service` section (`webhook.<code>`). */
export type AddressRefusal = "url" | "scheme" | "credentials" | "private" | "unknown-host";

const INSIDE = new BlockList();
for (const [net, prefix] of [
  ["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12], ["192.0.0.0", 24], ["192.0.2.0", 24], ["192.88.99.0", 24],
  ["192.168.0.0", 16], ["198.18.0.0", 15], ["198.51.100.0", 24], ["203.0.113.0", 24], ["224.0.0.0", 4], ["240.0.0.0", 4],
] as const) INSIDE.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of [["2001::", 23], ["2001:db8::", 32], ["2002::", 16], ["3fff::", 20]] as const) INSIDE.addSubnet(net, prefix, "ipv6");
/** What is given out in IPv6: all else is of this machine, of a network behind it, or of nobody. */
const OUTSIDE = new BlockList();
OUTSIDE.addSubnet("2000::", 3, "ipv6");

/** Whether an address is of this machine, of a private network, or of none that is reached from outside; IPv4 inside IPv6 is looked into. */
export function isInside(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, "").split("%")[0] ?? "";
  const family = isIP(plain);
  if (family === 0) return true;
  if (family === 4) return INSIDE.check(plain, "ipv4");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1] ?? hexMapped(plain);
  return mapped === null ? !OUTSIDE.check(plain, "ipv6") || INSIDE.check(plain, "ipv6") : INSIDE.check(mapped, "ipv4");
}

/** What can be told of a URL without asking for its address. `allowInside`: the settings let webhooks point into the own network. */
export function urlRefusal(text: string, allowInside: boolean): AddressRefusal | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return "url";
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return "scheme";
  if (url.username !== "" || url.password !== "") return "credentials";
  if (allowInside) return null;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0) return isInside(host) ? "private" : null;
  return /(?:^|\.)(?:localhost|local|internal|localdomain|home\.arpa)\.?$/i.test(host) || !host.includes(".") ? "private" : null;
}

/** `::ffff:7f00:1` -> `127.0.0.1`. */
function hexMapped(address: string): string | null {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address) ?? [];
  if (high === undefined || low === undefined) return null;
  const [a, b] = [parseInt(high, 16), parseInt(low, 16)];
  return `${a >> 8}.${a & 255}.${b >> 8}.${b & 255}`;
}
