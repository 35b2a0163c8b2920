import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { environmentVariable } from '../../lambdas/contract';
import { numberOr, objectOrEmpty, textOf } from '../../local/json';
import type { Rule } from './rule';
import { literalText, type Resource } from './template';

const variablesOf = ({ properties }: Resource): Readonly<Record<string, unknown>> =>
  objectOrEmpty(objectOrEmpty(properties['Environment'])['Variables']);

/** Searches each bundle once: bundles are large, and many templates share them. */
function oncePerBundle<Found>(search: (bundle: string) => Found): (bundle: string) => Found {
  const known = new Map<string, Found>();
  return (bundle) => {
    const found = known.get(bundle) ?? search(bundle);
    known.set(bundle, found);
    return found;
  };
}

/** Finds the variables that a bundle reads, by their names in the contract: minification keeps the argument of the call. */
const variablesRead = oncePerBundle((bundle): readonly string[] => {
  const asked = new Set([...bundle.matchAll(/(?<=[\w$]\(["'`])\w+(?=["'`]\))/g)].map(([key]) => key));
  return Object.entries(environmentVariable)
    .filter(([key]) => asked.has(key))
    .map(([, variable]) => variable);
});

/** Returns the export lists of a bundle, renamings included. */
const exportLists = oncePerBundle((bundle) => [...bundle.matchAll(/export ?\{[^}]*\}/g)].join('\n'));

/** Names whose value, unless it is a reference, would be a secret. */
const secretName = /SECRET|PASSWORD|PASSPHRASE|TOKEN|PRIVATE|CREDENTIAL|API_?KEY|SIGNING/i;
/** Keys of AWS, of webhooks, and any long run of letters and digits that is no name, URL or ARN. */
const secretValue = /\bAKIA[0-9A-Z]{16}\b|whsec_|-----BEGIN|\{\{resolve:|^(?=.*[a-z])(?=.*\d)[A-Za-z0-9+/=_]{32,}$/;

const retentionDays: readonly unknown[] = Object.values(RetentionDays).filter(
  (days) => days !== RetentionDays.INFINITE,
);

/** Maximum timeout of a function behind the API, which then still gets its response. */
const longestRunSeconds = 29;

export const functionRules: readonly Rule[] = [
  {
    name: 'variable-missing',
    demands: 'Every variable that the code of a function reads is set.',
    offences: ({ template, bundleOf }) =>
      template.ofType('AWS::Lambda::Function').flatMap((one) =>
        variablesRead(bundleOf(one.logicalId) ?? '')
          .filter((name) => !(name in variablesOf(one)))
          .map((name) => ({ logicalId: one.logicalId, message: `reads ${name}, which is not set` })),
      ),
  },
  {
    name: 'variable-unused',
    demands: 'Every variable that is set is read by the code of its function.',
    offences: ({ template, bundleOf }) =>
      template.ofType('AWS::Lambda::Function').flatMap((one) => {
        const bundle = bundleOf(one.logicalId);
        if (bundle === undefined) return [];
        const read = variablesRead(bundle);
        return Object.keys(variablesOf(one))
          .filter((name) => !read.includes(name))
          .map((name) => ({ logicalId: one.logicalId, message: `has ${name}, which nothing reads` }));
      }),
  },
  {
    name: 'secret-in-variable',
    demands: 'No variable holds a secret: anybody who may view the function sees its variables.',
    offences: ({ template }) =>
      template.ofType('AWS::Lambda::Function').flatMap((one) =>
        Object.entries(variablesOf(one))
          .map(([name, value]) => ({ name, written: literalText(value) }))
          .filter(({ name, written }) => written !== '' && (secretName.test(name) || secretValue.test(written)))
          .map(({ name }) => ({ logicalId: one.logicalId, message: `seems to have a secret in ${name}` })),
      ),
  },
  {
    name: 'handler',
    demands: 'The handler is a function that the file of the same name exports.',
    offences: ({ template, bundleOf }) =>
      template.ofType('AWS::Lambda::Function').flatMap(({ logicalId, properties }) => {
        const handler = textOf(properties['Handler']);
        const bundle = bundleOf(logicalId);
        const [file, exported = '', ...more] = handler.split('.');
        const isNamed = new RegExp(`\\b${exported.replaceAll('$', '\\$')}\\b`);
        const isExported = bundle === undefined || isNamed.test(exportLists(bundle));
        if (file === 'index' && more.length === 0 && isExported) return [];
        return [{ logicalId, message: `names the handler ${handler}, which its bundle does not export` }];
      }),
  },
  {
    name: 'function-timeout',
    demands: 'A function behind the API times out before the API does.',
    offences: ({ template }) =>
      template
        .ofType('AWS::ApiGatewayV2::Integration')
        .flatMap(({ properties }) => template.functionIn(properties['IntegrationUri']) ?? [])
        .filter(({ properties }) => numberOr(properties['Timeout'], 3) > longestRunSeconds)
        .map(({ logicalId, properties }) => ({
          logicalId,
          message: `may run ${textOf(properties['Timeout'])} s, and the API waits ${longestRunSeconds} s`,
        })),
  },
  {
    name: 'function-log',
    demands: 'A function logs as JSON into a log group of this template.',
    offences: ({ template }) =>
      template
        .ofType('AWS::Lambda::Function')
        .filter(({ properties }) => {
          const { LogGroup: group, LogFormat: format } = objectOrEmpty(properties['LoggingConfig']);
          return template.referredTo(group, 'AWS::Logs::LogGroup').length === 0 || format !== 'JSON';
        })
        .map(({ logicalId }) => ({
          logicalId,
          message: 'logs into a default group, which Lambda creates without expiry',
        })),
  },
  {
    name: 'log-retention',
    demands: 'Every log group expires, after a number of days that CloudWatch Logs supports.',
    offences: ({ template }) =>
      template
        .ofType('AWS::Logs::LogGroup')
        .filter(
          ({ properties }) => !retentionDays.includes(numberOr(properties['RetentionInDays'], RetentionDays.INFINITE)),
        )
        .map(({ logicalId, properties }) => ({
          logicalId,
          message: `keeps its logs for ${textOf(properties['RetentionInDays'] ?? 'ever')}`,
        })),
  },
];
