/** Networks and their countries, such as `['203.0.113.0/24', 'NZ']`. */
type Networks = readonly (readonly [string, string])[];

const recordBits = 24;
const separator = Buffer.alloc(16);
const marker = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from('MaxMind.com')]);

/**
 * A file in MaxMind's format, version 2.0, of IPv4 networks: a binary tree, the data that its leaves point to, and metadata.
 * @see https://maxmind.github.io/MaxMind-DB/
 */
export function countryDatabase(networks: Networks): Buffer {
  const nodes: [Target, Target][] = [['nothing', 'nothing']];
  for (const [network, country] of networks) plant(nodes, network, country);
  const offsets = new Map<string, number>();
  let data = Buffer.alloc(0);
  for (const [, country] of networks) {
    if (offsets.has(country)) continue;
    offsets.set(country, data.length);
    data = Buffer.concat([data, map({ country: map({ iso_code: text(country) }) })]);
  }
  const tree = Buffer.alloc((nodes.length * recordBits * 2) / 8);
  nodes.flat().forEach((target, at) => {
    const value =
      target === 'nothing'
        ? nodes.length
        : typeof target === 'number'
          ? target
          : nodes.length + separator.length + (offsets.get(target.country) ?? 0);
    tree.writeUIntBE(value, (at * recordBits) / 8, recordBits / 8);
  });
  const metadata = map({
    binary_format_major_version: unsigned(2, 5),
    binary_format_minor_version: unsigned(0, 5),
    build_epoch: unsigned(1_700_000_000, 9),
    database_type: text('Countries of the tests'),
    description: map({ en: text('A few networks') }),
    ip_version: unsigned(4, 5),
    languages: array([text('en')]),
    node_count: unsigned(nodes.length, 6),
    record_size: unsigned(recordBits, 5),
  });
  return Buffer.concat([tree, separator, data, marker, metadata]);
}

/** The next node, a country, or nothing. */
type Target = number | { readonly country: string } | 'nothing';

function plant(nodes: [Target, Target][], network: string, country: string): void {
  const [address = '', length = '32'] = network.split('/');
  const bits = address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('')
    .slice(0, Number(length));
  let at = 0;
  Array.from(bits).forEach((bit, depth) => {
    const node = nodes[at];
    if (node === undefined) throw new Error('the tree has a hole');
    const side = bit === '1' ? 1 : 0;
    if (depth === bits.length - 1) {
      node[side] = { country };
      return;
    }
    const next = node[side];
    at = typeof next === 'number' ? next : nodes.push(['nothing', 'nothing']) - 1;
    node[side] = at;
  });
}

/** The type is in the upper three bits of the first byte; types above 7 are extended: 0 there, and a second byte. */
function head(type: number, size: number): Buffer {
  if (size > 28) throw new Error('the tests need no longer values');
  return Buffer.from(type > 7 ? [size, type - 7] : [(type << 5) | size]);
}

function text(value: string): Buffer {
  return Buffer.concat([head(2, value.length), Buffer.from(value)]);
}

function unsigned(value: number, type: 5 | 6 | 9): Buffer {
  const bytes = value === 0 ? Buffer.alloc(0) : Buffer.from(value.toString(16).padStart(8, '0'), 'hex');
  const shortest = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return Buffer.concat([head(type, shortest.length), shortest]);
}

function map(entries: Readonly<Record<string, Buffer>>): Buffer {
  const pairs = Object.entries(entries).flatMap(([name, value]) => [text(name), value]);
  return Buffer.concat([head(7, Object.keys(entries).length), ...pairs]);
}

function array(items: readonly Buffer[]): Buffer {
  return Buffer.concat([head(11, items.length), ...items]);
}
