import { text as readAll } from 'node:stream/consumers';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import * as v from 'valibot';
import { deliveryAdvice } from '../../../operator/deliveries/advice';
import { usageFailure } from '../../../operator/failure';
import { readPairs, repeated } from '../../configuration/flags/values';
import { exitCode } from '../../exit-code';
import { addExamples } from '../../help';
import { stateText } from '../../operations/deliveries/delivery-text';
import { perform } from '../../session';
import { fieldList } from '../../terminal/table';

const tested = v.looseObject({
  postback: v.string(),
  outcome: v.string(),
  reason: v.string(),
  detail: v.optional(v.string()),
  request: v.optional(v.looseObject({ method: v.string(), url: v.string(), body: v.optional(v.string()) })),
  answer: v.optional(v.looseObject({ httpStatus: v.optional(v.number()), text: v.string() })),
});

type Tested = v.InferOutput<typeof tested>;

/** The commands of a source's postbacks: a test, and its secrets. */
export function addOutboundCommands(source: CommandUnknownOpts): void {
  addTest(source);
  addSecret(source);
}

function addTest(source: CommandUnknownOpts): void {
  const command = source
    .command('test')
    .argument('<id>', 'its ID')
    .description('sends an invented conversion to a source in a real request; exit code 1 if it is not accepted')
    .option('--postback <id>', 'use this postback of the source (default: the first)')
    .option('--external-id <id>', 'click ID of the source')
    .option('--parameter <name=value>', 'parameter of the click (default: test-NAME; repeatable)', repeated)
    .action((id, { postback, externalId, parameter }, self) =>
      perform(self, async ({ api, output }) => {
        const body = {
          ...(postback !== undefined && { postback }),
          ...(externalId !== undefined && { externalId }),
          ...(parameter !== undefined && { parameters: readPairs('--parameter', parameter) }),
        };
        const result = await (await api()).call('POST', ['sources', id, 'test'], tested, { body });
        output.answer(result, () => testText(result));
        return result.outcome === 'delivered' ? exitCode.fine : exitCode.finding;
      }),
    );
  addExamples(
    command,
    'tracker source test news',
    'tracker source test news --postback main --external-id abc --json',
    'tracker source test clickadilla --parameter campaign_id=77',
  );
}

function testText({ postback, outcome, reason, detail, request, answer }: Tested): string {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['postback', postback],
    ['outcome', stateText({ state: outcome, reason })],
    ['detail', detail],
    ['request', request && `${request.method} ${request.url}`],
    ['body', request?.body],
    ['answer', answer && `${answer.httpStatus ?? ''} ${answer.text}`.trim()],
    ['next', outcome === 'delivered' ? undefined : deliveryAdvice(reason)],
  ];
  return fieldList(fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function addSecret(source: CommandUnknownOpts): void {
  const command = source
    .command('secret')
    .argument('<id>', 'its ID')
    .argument('<name>', 'name of the secret, as in {secret:NAME}')
    .description('sets a secret of a source from standard input; nothing shows it again')
    .option('--delete', 'remove it instead')
    .action((id, name, { delete: remove }, self) =>
      perform(self, async ({ api, output }) => {
        const path = ['sources', id, 'secrets', name];
        if (remove === true) {
          await (await api()).text('DELETE', path);
          output.answer({ source: id, secret: name, deleted: true }, () => `The secret ${name} of ${id} is deleted.`);
          return;
        }
        if (process.stdin.isTTY) {
          throw usageFailure('The secret is read from standard input: pipe it in, so that no shell keeps it.');
        }
        const value = (await readAll(process.stdin)).replace(/\r?\n$/, '');
        if (value === '') throw usageFailure('Standard input was empty: there is no secret to set.');
        await (await api()).text('PUT', path, { body: { value } });
        output.answer({ source: id, secret: name, set: true }, () => `The secret ${name} of ${id} is set.`);
      }),
    );
  addExamples(
    command,
    'tracker source secret news API_KEY < key.txt',
    'pass show news/key | tracker source secret news API_KEY',
    'tracker source secret news API_KEY --delete',
  );
}
