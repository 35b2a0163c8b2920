import { exampleUrlOf, type SheetFacts } from './facts';
import { exampleClickId } from '../integrations/example-postback';
import { block, code, section } from './markdown';

/** The sender's way to check its work, step by step. */
export function testingSection(facts: SheetFacts): string {
  const { baseUrl, integration } = facts;
  const example = exampleUrlOf(facts);
  const steps = [
    `1. **Can you reach us?** The answer is ${code('{"result":"pong",…}')}.\n\n${step(`curl '${baseUrl}/ping'`)}`,
    `2. **Get a click ID.** Open the tracking link from us with ${code('test=1')} at its end, and take the ID from the address of ` +
      `the landing page. Use it instead of ${code(exampleClickId)} below.`,
    `3. **Dry run.** Nothing is kept. ${code('reason')} is the verdict of the real one, and ${code('fields')} shows each value as sent and as read.\n\n` +
      step(`curl '${withSwitch(example, 'dry_run=1')}'`),
    `4. **Test.** It is recorded, and all reports omit it. The reason must be ${code('OK_TEST')}.\n\n` +
      step(`curl '${withSwitch(example, 'test=1')}'`),
    `5. **From your own system.** Let it send the postback of that click, and compare. We find your request by the ${code('requestId')} of our answer.`,
  ];
  return section(
    'Testing',
    integration.auth.hmac === 'required' ? 'Sign steps 3 and 4 as described above.' : undefined,
    steps.join('\n'),
  );
}

function withSwitch(url: string, pair: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${pair}`;
}

/** Indented, so that it belongs to its step. */
function step(command: string): string {
  return `${block('sh', command).replace(/^/gm, '   ')}\n`;
}
