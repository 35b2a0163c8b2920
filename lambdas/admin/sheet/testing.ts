import { exampleUrlOf, type SheetFacts } from './facts';
import { exampleClickId } from '../integrations/example-postback';
import { block, code, section } from './markdown';

/** How a sender finds out, step by step, whether it does everything right. */
export function testingSection(facts: SheetFacts): string {
  const { baseUrl, integration } = facts;
  const example = exampleUrlOf(facts);
  const steps = [
    `1. **Can you reach us?** The answer is ${code('{"result":"pong",…}')}.\n\n${step(`curl '${baseUrl}/ping'`)}`,
    `2. **Get a click ID.** Open the tracking link that we gave you with ${code('test=1')} at its end, and take the ID from the address of ` +
      `the landing page. Put it where ${code(exampleClickId)} stands below.`,
    `3. **Dry run.** Nothing is kept; ${code('reason')} is what the real one would get, and ${code('fields')} tells what came and what we read it as.\n\n` +
      step(`curl '${withSwitch(example, 'dry_run=1')}'`),
    `4. **Test.** It is recorded and kept out of all reports. ${code('OK_TEST')} is what you want to see.\n\n` +
      step(`curl '${withSwitch(example, 'test=1')}'`),
    `5. **From your own system.** Let it send the postback of that click by itself, and compare: each of our answers has a ${code('requestId')}, by which we find yours.`,
  ];
  return section(
    'Testing',
    integration.auth.hmac === 'required' ? 'Steps 3 and 4 must be signed, as is said above.' : undefined,
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
