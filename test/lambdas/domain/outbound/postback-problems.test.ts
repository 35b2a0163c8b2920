import { readDocument } from '../../../../lambdas/domain/configuration/document';
import type { FieldProblem } from '../../../../lambdas/domain/configuration/reserved-names';
import { problemsOfWriting } from '../../../../lambdas/domain/outbound/postback-problems';

const sink = 'https://sink.example/p';

function problemsOf(...postbacks: readonly Readonly<Record<string, unknown>>[]): readonly FieldProblem[] {
  const reading = readDocument('source', {
    name: 'News',
    postbacks: postbacks.map((fields) => ({ id: 'main', when: 'first', ...fields })),
  });
  return reading.ok ? problemsOfWriting(reading.document) : reading.problems;
}

const messagesOf = (query: string): readonly string[] =>
  problemsOf({ url: `${sink}?${query}` }).map(({ path, problem }) => {
    expect(path).toBe('postbacks.0.url');
    return problem;
  });

test.each<[string, string]>([
  ['c={click_id}', '{click_id} is no macro of the tracker. Write {external_id} instead.'],
  ['c={CLICKID}', '{CLICKID} is no macro of the tracker. Write {external_id} instead.'],
  ['c={:click_id}', '{:click_id} is no macro of the tracker. Write {external_id} instead.'],
  ['p={revenue}', '{revenue} is no macro of the tracker. Write {payout} instead.'],
  ['t={transaction_id}', '{transaction_id} is no macro of the tracker. Write {txid} instead.'],
  ['s={sub_id_3}', '{sub_id_3} is no macro of the tracker. Write {sub3} instead.'],
  ['s={sub11}', '{sub11} is no macro of the tracker. Write a macro of the tracker, or a plain value.'],
  ['c=${SUBID}', '${SUBID} is a token of another system. Write {external_id} instead.'],
  ['c={{ctoken}}', '{{ctoken}} is a token of another system. Write {external_id} instead.'],
  ['c=[CLICK_ID]', '[CLICK_ID] is a token of another system. Write {external_id} instead.'],
  ['c=[clickid]&p={payout}', '[clickid] is a token of another system. Write {external_id} instead.'],
  ['p=[BID_PRICE]', '[BID_PRICE] is a token of another system. Write {payout} instead.'],
  ['c=##SUB_ID_SHORT(action)##', '##SUB_ID_SHORT(action)## is a token of another system. Write {external_id} instead.'],
  ['c=#subid#', '#subid# is a token of another system. Write {external_id} instead.'],
  ['c=__CLICKID__', '__CLICKID__ is a token of another system. Write {external_id} instead.'],
  ['c=%CLICKID%', '%CLICKID% is a token of another system. Write {external_id} instead.'],
  ['c=<click_id>', '<click_id> is a token of another system. Write {external_id} instead.'],
  ['aid=REPLACE', 'REPLACE is a token of another system. Write a macro of the tracker, or a plain value.'],
  ['c=%7Bclickid%7D', '%7Bclickid%7D is no macro, since its braces are encoded. Write {external_id} instead.'],
  ['p={payout:x}', '{payout:x} needs its decimals, 0 to 6, as in {payout:2}.'],
  ['t={click_time:us}', '{click_time:us} needs a format: s, ms, iso.'],
  [
    's={status:approvd=1}',
    'approvd in {status:approvd=1} is no status. Statuses are pending, approved, rejected, reversed.',
  ],
  ['s={status:1}', '{status:1} needs words with their values, as in {status:approved=1,pending=0}.'],
  ['e={event:}', '{event:} needs words with their values, as in {event:sale=Purchase}.'],
  ['c={external_id|md4}', '{external_id|md4} has an unknown filter. Filters are sha256, lower, upper, number.'],
  ['c={external_id:2}', '{external_id:2} takes no format. Write {external_id}.'],
  ['c={param:}', 'Write {param:} with a name, as in {param:NAME}.'],
  ['c={secret}', 'Write {secret} with a name, as in {secret:NAME}.'],
  ['c={external_id', 'A brace has no partner. Write macros as {name}.'],
  ['c=external_id}', 'A brace has no partner. Write macros as {name}.'],
  ['c={external_id}#top', 'What follows "#" is not sent. Write it as %23.'],
  ['p={payout|number}', 'The filter number is for a macro that is a whole value of JSON.'],
])('%s is named at its field', (query, message) => {
  expect(messagesOf(query)).toEqual([message]);
});

test.each([
  'c={external_id}&a[]=1&b[x]={payout:2}&d=%5B1%5D',
  'c={external_id!}&s={status:approved=1,rejected=0}',
  'e={event:sale=Purchase,first_purchase=FTD}&g={goal?}&p={param:gclid}',
  'k={secret:key}&h={txid|sha256}&u=user@mail.example',
  'q=50%25&x=a%20b&y=$5',
])('%s is fine', (query) => {
  expect(messagesOf(query)).toEqual([]);
});

test.each<[string, string, Readonly<Record<string, unknown>>]>([
  ['url', 'no URL and no template', {}],
  ['url', 'no web address', { url: 'sink' }],
  ['url', 'a macro in the host', { url: 'https://{sub1}.example/' }],
  ['url', 'a macro as the host', { url: 'https://{param:host}/' }],
  ['url', 'a local host', { url: 'http://localhost/x?c={external_id}' }],
  ['url', 'an address', { url: 'http://169.254.169.254/latest?c={external_id}' }],
  ['url', 'another port', { url: 'https://sink.example:8080/' }],
  ['url', 'a user name', { url: 'https://me:pw@sink.example/' }],
  ['url', 'a secret in the clear', { url: 'http://sink.example/?k={secret:key}' }],
  ['url', 'a secret in the clear, in a header', { url: 'http://sink.example/', headers: { 'x-key': '{secret:key}' } }],
  ['template', 'an unknown template', { template: 'nobody' }],
  ['template', 'an unknown template beside a URL', { template: 'nobody', url: sink }],
  ['when', 'no word for when', { url: sink, when: 'always' }],
  ['method', 'another method', { url: sink, method: 'DELETE' }],
  ['method', 'a body of a GET', { url: sink, method: 'GET', body: { a: 1 } }],
  ['headers.Host', 'a header of the connection', { url: sink, headers: { Host: 'a' } }],
  ['headers.X Y', 'no header name', { url: sink, headers: { 'X Y': 'a' } }],
  ['headers.x', 'an unknown macro in a header', { url: sink, headers: { x: '{clckid}' } }],
  [
    'headers',
    'another content type',
    { url: sink, method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<a/>' },
  ],
  ['body', 'a text that is no JSON', { url: sink, method: 'POST', body: '{"a": {txid, "b":1}' }],
  [
    'body',
    'a form that is said to be JSON',
    { url: sink, method: 'POST', headers: { 'content-type': 'application/json' }, body: 'a=1' },
  ],
  ['body', 'a macro as a name', { url: sink, method: 'POST', body: { '{event}': 1 } }],
  [
    'body',
    'too deep',
    { url: sink, method: 'POST', body: Array.from({ length: 13 }).reduce<unknown>((inner) => [inner], 'x') },
  ],
  ['body', 'too long', { url: sink, method: 'POST', body: 'x'.repeat(20_000) }],
  ['body.a.0.b', 'an unknown macro in JSON', { url: sink, method: 'POST', body: { a: [{ b: '{click_id}' }] } }],
  ['body.a', "a network's token in JSON", { url: sink, method: 'POST', body: { a: '[CLICK_ID]' } }],
  ['body', 'an unknown macro in a text of JSON', { url: sink, method: 'POST', body: '{"a":"{click_id}"}' }],
  ['body', 'an unknown macro in a form', { url: sink, method: 'POST', body: 'a={click_id}' }],
  ['statuses', 'no status at all', { url: sink, statuses: [] }],
  ['statuses.0', 'an unknown status', { url: sink, statuses: ['paid'] }],
  ['events', 'no event at all', { url: sink, events: [] }],
  ['payout.percent', 'a share of nothing', { url: sink, payout: { percent: 0 } }],
  ['payout.percent', 'a share that is no decimal', { url: sink, payout: { percent: '70%' } }],
  ['payout', 'another word', { url: sink, payout: 'half' }],
  ['currency', 'no currency', { url: sink, currency: 'XXX' }],
  ['account.aid', 'an account field that nothing asks for', { url: sink, account: { aid: '1' } }],
  ['account.aid', 'a missing account field', { url: `${sink}?a={account:aid}` }],
  ['colour', 'an unknown field', { url: sink, colour: 'red' }],
])('%s: %s', (path, _, fields) => {
  expect(problemsOf(fields).map((problem) => problem.path)).toContain(`postbacks.0.${path}`);
});

test('a template says which of its account fields are missing, and where they are found', () => {
  expect(problemsOf({ template: 'propellerads', account: { aid: '1', tod: '2' } })).toEqual([
    {
      path: 'postbacks.0.account.tid',
      problem: 'must be given. It is in the postback URL that PropellerAds shows you, after tid=.',
    },
    { path: 'postbacks.0.account.tod', problem: 'is not used: the request asks for aid, tid, goal' },
  ]);
  expect(problemsOf({ template: 'propellerads', account: { aid: '1', tid: '2' } })).toEqual([]);
});

test('two postbacks of a source have different IDs', () => {
  expect(problemsOf({ url: sink }, { url: sink })).toEqual([
    { path: 'postbacks.1.id', problem: 'must not repeat the ID of another postback' },
  ]);
});

test('the single postback of the first release is read, and is not taken any more', () => {
  const reading = readDocument('source', { name: 'News', postback: { url: `${sink}?c={click_id}` } });
  if (!reading.ok) throw new Error('it is not read');

  expect(problemsOfWriting(reading.document)).toEqual([
    { path: 'postback', problem: 'is now a list: move it into "postbacks", with an "id" and "when"' },
  ]);
});
