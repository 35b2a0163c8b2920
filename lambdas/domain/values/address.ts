/** Whether an address is in one of the ranges (CIDR, or single addresses). An IPv4 address in IPv6 clothes is IPv4. */
export function isAddressIn(address: string, ranges: readonly string[]): boolean {
  const asked = bytesOf(address);
  if (asked === undefined) return false;
  return ranges.some((range) => {
    const network = rangeOf(range);
    return network?.bytes.length === asked.length && hasPrefix(asked, network.bytes, network.bits);
  });
}

/** Whether a text is an address or a CIDR range. */
export const isAddressOrRange = (text: string): boolean => rangeOf(text) !== undefined;

/** The /24 of an IPv4 address or the /48 of an IPv6 one: enough to see a network, too little to name a person. */
export function addressPrefix(address: string): string | undefined {
  const bytes = bytesOf(address);
  if (bytes === undefined) return undefined;
  return bytes.length === 4 ? `${bytes.slice(0, 3).join('.')}.0/24` : ipv6Network(bytes, 48);
}

/** Returns the addresses of one sender: a single IPv4 address, or the /64 of an IPv6 one. A text that is no address is unchanged. */
export function addressUnit(address: string): string {
  const bytes = bytesOf(address);
  if (bytes === undefined) return address;
  return bytes.length === 4 ? bytes.join('.') : ipv6Network(bytes, 64);
}

function rangeOf(text: string): { readonly bytes: readonly number[]; readonly bits: number } | undefined {
  const [, address = '', length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const bytes = bytesOf(address);
  if (bytes === undefined) return undefined;
  const written = address.includes(':') ? 128 : 32;
  const bits = length === undefined ? written : Number(length);
  if (bits > written) return undefined;
  // The first 96 bits of IPv6 clothes say no more than that it is IPv4; a range that is wider than that holds no IPv4 address.
  if (bytes.length === 16 || written === 32) return { bytes, bits };
  return bits < 96 ? { bytes: [...clothes, ...bytes], bits } : { bytes, bits: bits - 96 };
}

function hasPrefix(address: readonly number[], network: readonly number[], bits: number): boolean {
  const whole = bits >> 3;
  const rest = 8 - (bits & 7);
  const isSame = (index: number): boolean => address[index] === network[index];
  return (
    network.every((_, index) => index >= whole || isSame(index)) &&
    (rest === 8 || (address[whole] ?? 0) >> rest === (network[whole] ?? 0) >> rest)
  );
}

/** The prefix of an IPv4 address that is written as an IPv6 one. */
const clothes: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

const byte = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const ipv4 = new RegExp(String.raw`^${byte}(?:\.${byte}){3}$`);
const ipv4AtEnd = new RegExp(String.raw`(?<=:)${byte}(?:\.${byte}){3}$`);

/** The 4 bytes of an IPv4 address, also of one in IPv6 clothes, or the 16 of an IPv6 one; `undefined` for what is neither. */
function bytesOf(text: string): readonly number[] | undefined {
  if (ipv4.test(text)) return text.split('.').map(Number);
  const [head = [], tail, ...more] = text.replace(ipv4AtEnd, asGroups).split('::').map(groupsOf);
  const missing = 8 - head.length - (tail ?? []).length;
  if (more.length > 0 || (tail === undefined ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...(tail ?? [])];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  const bytes = groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]);
  return clothes.every((one, index) => bytes[index] === one) ? bytes.slice(12) : bytes;
}

/** Returns `203.0.113.7` as its two groups in an IPv6 address: `cb00:7107`. */
function asGroups(dotted: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number);
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

const groupsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));

/** A network of so many bits, 64 at most, so that its longest run of zeros is the one at its end. */
function ipv6Network(bytes: readonly number[], bits: 48 | 64): string {
  const groups = Array.from({ length: bits / 16 }, (_, index) =>
    (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16),
  );
  return `${groups.join(':').replace(/(?:(?:^|:)0)+$/, '')}::/${bits}`;
}
