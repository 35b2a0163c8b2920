import { destinationProblem, isRoutableAddress } from '../../../../lambdas/domain/outbound/address-rules';

test.each([
  ['loopback', '127.0.0.1'],
  ['any loopback', '127.255.255.254'],
  ['this host', '0.0.0.0'],
  ['private, 10/8', '10.0.0.1'],
  ['private, 172.16/12', '172.31.255.255'],
  ['private, 192.168/16', '192.168.1.1'],
  ['carrier-grade NAT', '100.64.0.1'],
  ['cloud metadata', '169.254.169.254'],
  ['protocol assignments', '192.0.0.8'],
  ['documentation', '192.0.2.1'],
  ['documentation 2', '198.51.100.1'],
  ['documentation 3', '203.0.113.1'],
  ['6to4 relay', '192.88.99.1'],
  ['benchmarks', '198.19.0.1'],
  ['multicast', '224.0.0.1'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['IPv6 unspecified', '::'],
  ['IPv6 loopback', '::1'],
  ['mapped loopback', '::ffff:127.0.0.1'],
  ['mapped public', '::ffff:8.8.8.8'],
  ['compatible loopback', '::7f00:1'],
  ['NAT64 of metadata', '64:ff9b::a9fe:a9fe'],
  ['local NAT64', '64:ff9b:1::1'],
  ['IPv6 metadata', 'fd00:ec2::254'],
  ['unique local', 'fc00::1'],
  ['link-local', 'fe80::1'],
  ['link-local with a zone', 'fe80::1%eth0'],
  ['site-local', 'fec0::1'],
  ['IPv6 multicast', 'ff02::1'],
  ['discard', '100::1'],
  ['Teredo', '2001:0:53aa:64c::1'],
  ['IPv6 documentation', '2001:db8::1'],
  ['IPv6 documentation 2', '3fff::1'],
  ['6to4 of loopback', '2002:7f00:1::1'],
  ['segment routing', '5f00::1'],
  ['no address', 'localhost'],
  ['nothing', ''],
])('%s is not public: %s', (_, address) => {
  expect(isRoutableAddress(address)).toBe(false);
});

test.each(['8.8.8.8', '1.1.1.1', '100.63.255.255', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:4001:800::200e'])(
  '%s is public',
  (address) => {
    expect(isRoutableAddress(address)).toBe(true);
  },
);

test.each([
  ['no URL', 'sink', 'must be an http:// or https:// URL'],
  ['another scheme', 'file:///etc/passwd', 'must be an http:// or https:// URL'],
  ['a scheme of old', 'gopher://sink.example/', 'must be an http:// or https:// URL'],
  ['a scheme without slashes', 'https:sink.example', 'must be an http:// or https:// URL'],
  ['user information', 'https://user:secret@sink.example/', 'must not hold a user name or password'],
  ['empty user information', 'https://@sink.example/', 'must not hold a user name or password'],
  ['another port', 'https://sink.example:8443/', 'must use port 80 or 443'],
  ['a database', 'http://sink.example:6379/', 'must use port 80 or 443'],
  ['an address', 'https://8.8.8.8/', 'must name a host, not an address'],
  ['a decimal address', 'http://2130706433/', 'must name a host, not an address'],
  ['a hexadecimal address', 'http://0x7f.1/', 'must name a host, not an address'],
  ['an octal address', 'http://0177.0.0.1/', 'must name a host, not an address'],
  ['a fullwidth address', 'http://１２７.0.0.1/', 'must name a host, not an address'],
  ['an IPv6 address', 'http://[::1]/', 'must name a host, not an address'],
  ['a mapped address', 'http://[::ffff:127.0.0.1]/', 'must name a host, not an address'],
  ['localhost', 'http://localhost/', 'must name a public host'],
  ['a subdomain of localhost', 'http://a.localhost/', 'must name a public host'],
  ['localhost with a final dot', 'http://localhost./', 'must name a public host'],
  ['localhost in circled letters', 'http://ⓛocalhost/', 'must name a public host'],
  ['a single label', 'http://metadata/', 'must name a public host'],
  ['the metadata name', 'http://metadata.google.internal/', 'must name a public host'],
  ['a printer', 'http://printer.local/', 'must name a public host'],
  ['a home', 'http://router.home.arpa/', 'must name a public host'],
  ['the tracker itself', 'https://TRACK.shop.example/postback', 'must not be the tracker itself'],
])('%s is no destination', (_, url, problem) => {
  expect(destinationProblem(url, { ownHosts: ['track.shop.example'] })).toBe(problem);
});

test.each(['https://sink.example/a?b={external_id}', 'http://sink.example:80/', 'https://münchen.example/'])(
  '%s is a destination',
  (url) => {
    expect(destinationProblem(url)).toBeUndefined();
  },
);

test('a secret does not travel over http', () => {
  expect(destinationProblem('http://sink.example/', { isSecret: true })).toBe(
    'must begin with https://, since it carries a secret',
  );
});

test('the local stack may be told to call one port of this machine, and no other', () => {
  const rules = { allowedDestinations: ['127.0.0.1:9999'], isSecret: true };

  expect(destinationProblem('http://127.0.0.1:9999/a', rules)).toBeUndefined();
  expect(destinationProblem('http://127.0.0.1:9998/a', rules)).toBeDefined();
  expect(destinationProblem('http://user@127.0.0.1:9999/a', rules)).toBeDefined();
});
