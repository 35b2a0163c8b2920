import { answersSection } from '../../../../lambdas/admin/sheet/answers';
import { authenticationSection } from '../../../../lambdas/admin/sheet/authentication';
import { batchSection } from '../../../../lambdas/admin/sheet/batch';
import { connectionSection } from '../../../../lambdas/admin/sheet/connection';
import { duplicatesSection } from '../../../../lambdas/admin/sheet/duplicates';
import { moneySection } from '../../../../lambdas/admin/sheet/money';
import { parametersSection } from '../../../../lambdas/admin/sheet/parameters';
import { testingSection } from '../../../../lambdas/admin/sheet/testing';
import { eventsSection, statusesSection } from '../../../../lambdas/admin/sheet/vocabulary';
import { duplicateModes } from '../../../../lambdas/domain/values/duplicate-mode';
import { presets } from '../../../../lambdas/domain/presets';
import { reasons } from '../../../../lambdas/domain/values/reasons';
import { factsOf } from '../support/sheet-facts';

const off = { token: 'off', hmac: 'off', ip: 'off' };

describe('the URL in the sheet', () => {
  test('stands in the tokens of the system, with a place for the token and how to get it', () => {
    const text = connectionSection(factsOf());
    expect(text).toContain('https://go.example/postback/acme?clickid={clickid}&amount={amount}&');
    expect(text).toContain('&token=YOUR_TOKEN\n');
    expect(text).toContain('ask the team that gave you the sheet');
  });

  test('holds the token where it was asked for, and says so', () => {
    const text = connectionSection(factsOf({}, { token: 'k1tabc' }));
    expect(text).toContain('&token=k1tabc\n');
    expect(text).toContain('treat this sheet like a password');
    expect(text).not.toContain('YOUR_TOKEN');
  });

  test('needs none where none is looked at', () => {
    expect(connectionSection(factsOf({ auth: off }, { token: 'k1tabc' }))).not.toMatch(/token=|YOUR_TOKEN|password/);
  });

  test('says where to paste it, and what to know about the system', () => {
    const text = connectionSection(factsOf({ preset: 'clickbank' }));
    expect(text).toContain('a new integration of the Postback/Pixels feature');
    expect(text).toContain('About ClickBank:');
  });

  test('may keep the path of another tracker, where its system has one', () => {
    const text = connectionSection(factsOf({ preset: 'voluum' }, { token: 'k1tabc' }));
    const [path = ''] = presets.find(({ id }) => id === 'voluum')?.dropInPaths ?? [];
    expect(path).not.toBe('');
    expect(text).toContain(`\`https://go.example${path}\``);
    expect(text).toContain('add `token=k1tabc`, and keep the rest');
    expect(connectionSection(factsOf({ preset: 'clickbank' }))).not.toContain('another tracker');
  });
});

describe('the parameters in the sheet', () => {
  test("are this integration's own, which take the place of the usual ones", () => {
    const text = parametersSection(
      factsOf({ parameters: { clickId: ['Klick', 'ref'], amount: ['summe'] }, currency: 'EUR', decimalComma: true }),
    );
    expect(text).toMatch(/^\| `Klick` +\|.*\*\*yes\*\*.*\| `ref` +\|$/m);
    expect(text).toMatch(/^\| `summe` \|.*`12,50` \| +\|$/m);
    expect(text).toMatch(/^\| `currency` \|.*no: default `EUR`/m);
  });

  test('ask for a currency where none is assumed', () => {
    expect(parametersSection(factsOf())).toMatch(/^\| `currency` \|.*with every amount/m);
  });
});

describe('the words in the sheet', () => {
  test('of statuses: their own go before those of their system, and ours are always understood', () => {
    const text = statusesSection(factsOf({ statuses: { Paid: 'pending', Offen: 'pending' } }));
    expect(text).toContain('| `Paid` | `pending` |');
    expect(text).not.toContain('`paid`');
    expect(text).toContain('| `refund` | `reversed` |');
    expect(text).toContain('| `approved` | `approved` |');
    expect(text).toContain('| `approved` | `rejected`, `reversed` |');
  });

  test('of events: mapped ones, and whether others are taken', () => {
    const open = eventsSection(factsOf({ events: { Kauf: 'sale' } }));
    expect(open).toContain('| `Kauf` | `sale` |');
    expect(open).toContain('Any other name');
    expect(eventsSection(factsOf())).toContain('Any name of up to 64 characters in `event`');
    expect(eventsSection(factsOf({ events: { Kauf: 'sale' }, strictEvents: true }))).toContain('Any other is rejected');
  });
});

describe('the money in the sheet', () => {
  test.each([
    [{}, ['a decimal with a point: `12.50`', 'there is no default', 'Negative amounts are rejected']],
    [{ decimalComma: true }, ['a decimal with a comma: `12,50`']],
    [{ currency: 'EUR' }, ['the amount is in `EUR`']],
    [{ adjustments: true }, ['Negative amounts correct the conversion']],
  ])('of %j', (document, told) => {
    const text = moneySection(factsOf(document));
    for (const sentence of told) expect(text).toContain(sentence);
  });

  test('is in whole cents where the system counts so', () => {
    const minor = presets.find(({ amountInMinorUnits }) => amountInMinorUnits === true);
    expect(moneySection(factsOf({ preset: minor?.id }))).toContain('smallest unit of its currency: `1250`');
  });
});

describe('the answers in the sheet', () => {
  const everything = { auth: { token: 'required', hmac: 'required', ip: 'required' }, ipAllowlist: ['203.0.113.7'] };

  test('are all there are, each with its status and what to do', () => {
    const text = answersSection(factsOf({ ...everything, strictEvents: true }));
    for (const [reason, { result, httpStatus }] of Object.entries(reasons)) {
      expect(text).toMatch(
        new RegExp(`^\\| ${httpStatus} +\\| \`${result}\` +\\| \`${reason}\` +\\| \\S.*\\. +\\|$`, 'm'),
      );
    }
  });

  test('leave out what this integration does not reject by', () => {
    expect(answersSection(factsOf({ auth: off }))).not.toMatch(/AUTH_|IP_NOT_ALLOWED|EVENT_UNKNOWN/);
    expect(answersSection(factsOf())).toMatch(/AUTH_MISSING/);
    expect(answersSection(factsOf())).not.toMatch(/AUTH_STALE/);
  });

  test('say 200 throughout where that was agreed, but never of what was not kept', () => {
    const text = answersSection(factsOf({ respond: 'always-200' }));
    expect(text).toContain('| 200 | `rejected` | `AMOUNT_INVALID` |');
    expect(text).toContain('| 503 | `error` | `SYSTEM_ERROR` |');
    expect(text).toContain('read the answer, not its status');
  });

  test('show the literal that the system wants to see, whatever it holds', () => {
    const text = answersSection(factsOf({ reply: { literal: 'OK\n```\n# not a heading' } }));
    expect(text).toContain('````text\nOK\n```\n# not a heading\n````');
    expect(text).toContain('`x-postback-reason`');
  });
});

test.each(duplicateModes)('repetitions in the mode %s are told in plain words', (mode) => {
  const text = duplicatesSection(factsOf({ duplicates: { default: mode, events: { lead: 'ignore' } } }));
  expect(text).toMatch(/^\| `lead` +\| The first counts/m);
  expect(text).toMatch(/^\| every other +\| \w.*\. \|$/m);
  expect(text).not.toContain(`\`${mode}\``);
});

test('repetitions in the sheet name the hours in which a request is its own retry', () => {
  expect(duplicatesSection(factsOf())).toContain('within 48 hours');
  expect(duplicatesSection(factsOf({ retryWindow: 100 }))).toContain('within 100 hours');
  // A signature of seven days is a retry for twice as long.
  expect(duplicatesSection(factsOf({ signatureToleranceSeconds: 604_800 }))).toContain('within 337 hours');
});

describe('authentication in the sheet', () => {
  test('says of each check whether it is made, and explains those that are', () => {
    const text = authenticationSection(
      factsOf(
        {
          auth: { token: 'off', hmac: 'report', ip: 'required' },
          ipAllowlist: ['203.0.113.0/24'],
          signatureToleranceSeconds: 90,
        },
        { keys: [3, 2] },
      ),
    );
    expect(text).toContain('| Token | not checked |');
    expect(text).toContain('| Signature | checked and reported');
    expect(text).toContain('| Sending address | **required**');
    expect(text).not.toContain('### Token');
    expect(text).toContain('v1.{METHOD}.{path}.{raw query before &sig=}');
    expect(text).toContain('`{webhook-id}.{webhook-timestamp}.{body}`');
    expect(text).toContain('Key IDs in use: `k3`, `k2`. A signature is valid for 90 seconds');
    expect(text).toContain('- `203.0.113.0/24`');
  });

  test('warns where nothing is asked', () => {
    expect(authenticationSection(factsOf({ auth: off }))).toContain('Anybody with a click ID');
    expect(authenticationSection(factsOf())).not.toContain('Anybody');
  });
});

test('a batch is shown in the names of the integration', () => {
  const text = batchSection(factsOf({ parameters: { transactionId: ['Order ID'] } }));
  expect(text).toContain('POST https://go.example/postbacks/acme?token=YOUR_TOKEN');
  expect(text).toContain('"Order ID":"ORDER-1002"');
  expect(text).toContain('Up to 1,000 conversions');
});

test('testing goes from ping to dry run to test, with lines to paste', () => {
  const text = testingSection(factsOf());
  expect(text).toContain("curl 'https://go.example/ping'");
  expect(text).toMatch(/curl 'https:\/\/go\.example\/postback\/acme\?clickid=.*&token=YOUR_TOKEN&dry_run=1'/);
  expect(text).toMatch(/curl 'https:.*&test=1'/);
  expect(text).not.toContain('Sign steps');
  expect(testingSection(factsOf({ auth: { ...off, hmac: 'required' } }))).toContain('Sign steps 3 and 4');
});
