import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** Farthest a chain of proxies is followed. */
const mostHops = 16;

/** Whose address a request came from: that of the connection, or what a trusted proxy says in X-Forwarded-For. */
export type ClientOf = (peer: string | undefined, forwardedFor: string | undefined) => string;

/**
 * Trusts X-Forwarded-For only as far as addresses within `trusted` wrote it, read from the right: the first address that is
 * not trusted is the client. Throws RangeError for a network that cannot be read.
 */
export function clientOf(trusted: readonly string[]): ClientOf {
  const networks = trusted.map(readNetwork);
  const isTrusted = (address: Address): boolean => networks.some((network) => isWithin(address, network));
  return (peer, forwardedFor) => {
    let client = readAddress(peer ?? '');
    if (!client) return '';
    if (forwardedFor === undefined || networks.length === 0) return client.toString();
    const hops = forwardedFor.split(',').slice(-mostHops);
    while (isTrusted(client)) {
      const before = readAddress(hops.pop() ?? '');
      if (!before) break;
      client = before;
    }
    return client.toString();
  };
}

/**
 * The network an address belongs to, for logs: the last byte of IPv4 and the last 80 bits of IPv6 are left out, since a whole
 * address is personal information (个人信息保护法 art. 4). Empty for what is no address.
 */
export function networkOf(text: string): string {
  const address = readAddress(text);
  if (!address) return '';
  const length = address.kind() === 'ipv4' ? 24 : 48;
  const bytes = address.toByteArray().map((byte, at) => (at < length / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(bytes).toString()}/${length}`;
}

function readNetwork(text: string): Network {
  const [address = '', length] = text.trim().split('/');
  const read = readAddress(address);
  const most = read?.kind() === 'ipv4' ? 32 : 128;
  const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (!read || !(bits <= most)) throw new RangeError(`not an address or network: ${text}`);
  return [read, bits];
}

/** An address as headers and sockets write it: perhaps with a port or brackets; IPv4 within IPv6 becomes IPv4. */
function readAddress(text: string): Address | undefined {
  const [, bracketed, plain] = /^\s*(?:\[([^\]]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+)(?::\d+)?)\s*$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? text.trim();
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address);
  if (!ipaddr.IPv6.isValid(address)) return undefined;
  const read = ipaddr.IPv6.parse(address);
  return read.isIPv4MappedAddress() ? read.toIPv4Address() : read;
}

function isWithin(address: Address, [network, length]: Network): boolean {
  if (address.kind() === 'ipv4')
    return network.kind() === 'ipv4' && (address as ipaddr.IPv4).match(network as ipaddr.IPv4, length);
  return network.kind() === 'ipv6' && (address as ipaddr.IPv6).match(network as ipaddr.IPv6, length);
}
